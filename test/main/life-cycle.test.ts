import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startDesktop } from '../../src/main/start-desktop.ts';
import { toldTo } from './open-desktop.ts';
import { listen, news, openForTest as open } from './open-for-test.ts';
import { isRunning, waitForChild } from './processes.ts';
import { createStandIn } from './stand-in-electron.ts';

describe('a workbench that ends', () => {
  test('is started again; the window is told, and calls meanwhile fail in a sentence', async () => {
    const opened = await open();
    await listen(opened);
    const { desktop, client, main } = opened;
    expect((await client.jobs.list()).jobs).toEqual([]);
    const before = desktop.workbench.processId ?? 0;
    process.kill(before, 'SIGSTOP');
    const waiting = opened.fetch('app://lightbox/data/picture/1');
    process.kill(before, 'SIGKILL');
    await expect.poll(() => news(main).length).toBe(1);
    expect(news(main)[0]).toMatch(/^false: The workbench ended \(signal SIGKILL\).* it is started again\.$/);
    expect((await waiting).status).toBe(503);
    await expect(client.jobs.list()).rejects.toThrow('The workbench ended (signal SIGKILL)');
    expect((await opened.fetch('app://lightbox/data/picture/1')).status).toBe(503);
    await expect.poll(() => news(main).at(-1)).toBe('true: The workbench is back.');
    expect(desktop.workbench.processId).not.toBe(before);
    expect((await client.jobs.list()).jobs).toEqual([]);
  });

  test('too often stays away, and says what it said last', async () => {
    const opened = await open({
      workbench: fileURLToPath(new URL('ending-worker.ts', import.meta.url)),
    });
    await listen(opened);
    await expect.poll(() => news(opened.main).at(-1)).toMatch(/ended too often within a minute; quit the program/);
    expect(news(opened.main)).toHaveLength(5);
    expect(news(opened.main)[0]).toMatch(/exit code 3\); its last words: lightbox: out of order/);
  });
});

describe('a page that ends', () => {
  test('is loaded again as it was left, and told why once it listens; too often, the program ends with a sentence', async () => {
    const opened = await open();
    const { client, main, electron } = opened;
    await listen(opened);
    await client.session.put({ name: 'window', state: { choices: { open: 3 } } });
    main.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
    expect(main.webContents.reloads).toBe(1);
    expect(news(main)).toEqual([]);
    await listen(opened);
    expect(news(main)).toEqual(['The window ended (oom) and was opened again as it was left.']);
    expect(await client.session.get({ name: 'window' })).toEqual({ state: { choices: { open: 3 } } });
    for (let again = 0; again < 3; again++) main.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(main.webContents.reloads).toBe(3);
    expect(electron.faults[0]).toMatch(/^The window ended 4 times within a minute \(crashed\)/);
    await expect.poll(() => electron.exitCode).toBe(0);
  });

  test('on purpose is left alone', async () => {
    const { main } = await open();
    main.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    expect(main.webContents.reloads).toBe(0);
  });
});

describe('a second start', () => {
  test('hands its arguments to the first and ends', async () => {
    const electron = await createStandIn();
    onTestFinished(() => electron.remove());
    electron.isSecond = true;
    const places = { bundle: '', preload: '', node: '', workbench: '' };
    const start = { places, argv: ['electron', 'main', '--catalog', 'a.lightbox', 'films'], directory: '/data' };
    expect(await startDesktop(electron, { ...start, platform: 'linux' })).toBeUndefined();
    expect(electron.passed).toEqual({ catalog: '/data/a.lightbox', paths: ['/data/films'] });
    expect([electron.exitCode, electron.windows]).toEqual([0, []]);
  });

  test('brings the first to the front, with what it was given', async () => {
    const opened = await open();
    const { electron, main, folder } = opened;
    const films = path.join(folder, 'films');
    await mkdir(films);
    main.isMin = true;
    await listen(opened);
    electron.app.emit('second-instance', {}, [], '/', { paths: [films, path.join(folder, 'nowhere')] });
    await expect.poll(() => toldTo(main).length).toBe(2);
    expect(toldTo(main)[0]).toEqual({ kind: 'folder', path: films });
    expect(news(main)[1]).toMatch(/^There is nothing at ".*nowhere"/);
    expect(main.done).toEqual(['show', 'restore', 'focus']);
    electron.app.emit('second-instance', {}, [], '/', 'not what we send');
    expect(electron.windows).toHaveLength(1);
  });
});

describe.skipIf(process.platform !== 'linux')('nothing outlives the application', () => {
  test('when its last window is closed in the middle of work', async () => {
    const { client, desktop, electron, main } = await open();
    await client.jobs.start({ kind: 'demo' });
    const workbench = desktop.workbench.processId ?? 0;
    const engine = await waitForChild(workbench);
    main.close();
    await expect.poll(() => electron.exitCode).toBe(0);
    expect(await isRunning(workbench)).toBe(false);
    await expect.poll(() => isRunning(engine)).toBe(false);
  });

  test('when it is killed in the middle of work', async () => {
    const worker = fileURLToPath(new URL('main-worker.ts', import.meta.url));
    const main = spawn(process.execPath, [worker], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void main.kill('SIGKILL'));
    const [line] = (await once(main.stdout, 'data')) as [Buffer];
    const { workbench, folder } = JSON.parse(line.toString()) as { workbench: number; folder: string };
    const engine = await waitForChild(workbench);
    main.kill('SIGKILL');
    await expect.poll(() => isRunning(workbench)).toBe(false);
    await expect.poll(() => isRunning(engine)).toBe(false);
    await rm(folder, { recursive: true, force: true });
  });
});
