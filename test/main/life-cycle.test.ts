import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createWorkbench } from '#core/workbench/index.ts';
import { startDesktop } from '../../src/main/start-desktop.ts';
import { createSmallWorld } from '../cli/small-world.ts';
import { openDesktop, toldTo, type DesktopRequest, type OpenedDesktop } from './open-desktop.ts';
import { isRunning, waitForChild } from './processes.ts';
import { createStandIn, tryEvent, type StandInWindow } from './stand-in-electron.ts';

async function open(request?: DesktopRequest): Promise<OpenedDesktop> {
  const opened = await openDesktop(request);
  onTestFinished(() => opened.close());
  return opened;
}

const listen = ({ electron, main }: OpenedDesktop): Promise<unknown> => electron.invoke(main, { kind: 'ready' });

/** The sentences a window was told, and whether the workbench answers. */
const news = (window: StandInWindow): readonly string[] =>
  toldTo(window).map((event) =>
    event.kind === 'notice'
      ? event.text
      : event.kind === 'workbench'
        ? `${event.isThere}: ${event.sentence}`
        : event.kind,
  );

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

describe('what is opened', () => {
  test('from the command line is told as soon as the page listens; a study by what it is, whatever it is called', async () => {
    const opened = await open({
      args: ['films', 'study.lightbox', 'notes.txt', '--enable-logging'],
      prepare: async (_, folder) => {
        await mkdir(path.join(folder, 'films'));
        await writeFile(path.join(folder, 'study.lightbox'), 'PK\u0003\u0004 a study');
        await writeFile(path.join(folder, 'notes.txt'), 'notes');
      },
    });
    const { main, folder } = opened;
    expect(toldTo(main)).toEqual([]);
    await listen(opened);
    expect(toldTo(main).slice(0, 2)).toEqual([
      { kind: 'folder', path: path.join(folder, 'films') },
      { kind: 'study', path: path.join(folder, 'study.lightbox') },
    ]);
    expect(news(main)[2]).toMatch(/notes\.txt" is no folder and no \.lightbox file/);
  });

  test('by dropping, by dialog and by the menu is the same; folders are remembered, and forgotten when asked', async () => {
    const opened = await open();
    const { electron, main, folder } = opened;
    await listen(opened);
    const [films, more] = [path.join(folder, 'films'), path.join(folder, 'more')];
    for (const made of [films, more]) await mkdir(made);
    await electron.invoke(main, { kind: 'dropped', paths: [films] });
    electron.choice = { canceled: false, filePaths: [more] };
    await electron.invoke(main, { kind: 'choose-folder' });
    electron.choice = { canceled: true, filePaths: [films] };
    await electron.invoke(main, { kind: 'choose-folder' });
    const told = (): readonly unknown[] => toldTo(main).map((event) => ('path' in event ? event.path : event));
    expect(told()).toEqual([films, more]);
    expect(await readKept(opened, 'recent-folders.json')).toEqual([more, films]);
    const recent = (): readonly { readonly label?: string; click?: unknown }[] =>
      listItems(electron.menu, 'Recent Folders');
    expect(recent().map(({ label }) => label)).toEqual([
      `more — ${more}`,
      `films — ${films}`,
      undefined,
      'Forget these',
    ]);
    (recent()[1]?.click as () => void)();
    await expect.poll(told).toEqual([films, more, films]);
    (recent().at(-1)?.click as () => void)();
    await expect.poll(() => recent().map(({ label }) => label)).toEqual(['None yet']);
    expect(await readKept(opened, 'recent-folders.json')).toEqual([]);
  });

  test('a catalog takes the place of the one before', async () => {
    const world = await createSmallWorld(2);
    onTestFinished(() => world.remove());
    const catalog = world.at('other.lightbox');
    const workbench = createWorkbench({ catalog });
    await workbench.importDataset({ folder: world.folder, name: 'other' });
    await workbench.close();
    const opened = await open();
    await listen(opened);
    const before = opened.desktop.workbench.processId ?? 0;
    await opened.electron.invoke(opened.main, { kind: 'dropped', paths: [catalog] });
    await expect
      .poll(() => news(opened.main))
      .toEqual(['false: Another catalog is being opened.', 'true: The workbench is back.']);
    expect((await opened.client.overview()).datasets.map(({ name }) => name)).toEqual(['other']);
    expect(await isRunning(before)).toBe(false);
  });

  test('a file the system hands over before the window is there waits for it', async () => {
    const event = tryEvent();
    const opened = await open({
      prepare: async (electron, folder) => {
        await mkdir(path.join(folder, 'films'));
        electron.app.whenReady = () => {
          electron.isReady = true;
          electron.app.emit('open-file', event, path.join(folder, 'films'));
          return Promise.resolve();
        };
      },
    });
    await listen(opened);
    expect(event.isPrevented()).toBe(true);
    expect(news(opened.main)).toEqual(['folder']);
  });
});

describe('the menu', () => {
  test('shows the page’s actions by their scopes, with keys it does not take, and runs them in the page', async () => {
    const opened = await open();
    const { electron, main } = opened;
    await listen(opened);
    const action = { id: 'shell.open', title: 'Open a folder', scope: 'Everywhere', keys: ['Ctrl+O'] };
    await electron.invoke(main, { kind: 'menu', actions: [action, { ...action, id: 'film.next', scope: 'Reading' }] });
    expect(electron.menu.map(({ label, role }) => label ?? role)).toEqual([
      ...['File', 'editMenu', 'View', 'Everywhere', 'Reading', 'windowMenu'],
    ]);
    const [item] = listItems(electron.menu, 'Everywhere');
    expect(item).toMatchObject({ label: 'Open a folder', accelerator: 'CmdOrCtrl+O', registerAccelerator: false });
    (item?.click as () => void)();
    expect(toldTo(main)).toEqual([{ kind: 'action', id: 'shell.open' }]);
  });
});

describe('the window', () => {
  test('stands where it was left, as long as there is a screen to show it on', async () => {
    const place = { bounds: { x: 300, y: 200, width: 1000, height: 700 }, isMaximized: true, isFullScreen: false };
    const keep = async (_: unknown, folder: string): Promise<void> => {
      await mkdir(path.join(folder, 'relevance-lightbox'));
      await writeFile(path.join(folder, 'relevance-lightbox', 'window.json'), JSON.stringify(place));
    };
    const opened = await open({ prepare: keep });
    expect(opened.main.options).toMatchObject(place.bounds);
    expect(opened.main.isMax).toBe(true);
    opened.main.isMax = false;
    opened.main.close();
    await expect.poll(() => readKept(opened, 'window.json')).toEqual({ ...place, isMaximized: false });
    const away = await open({
      prepare: async (electron, folder) => {
        electron.displays = [{ id: 1, workArea: { x: -1920, y: 0, width: 1920, height: 1040 } }];
        await keep(electron, folder);
      },
    });
    expect(away.main.options).toMatchObject({ width: 1440, height: 900 });
    expect(away.main.options.x).toBeUndefined();
  });

  test('for the picture opens on the other screen, and closes with the first', async () => {
    const opened = await open({
      prepare: ({ displays }) => {
        displays.push({ id: 2, workArea: { x: 1920, y: 0, width: 2048, height: 2560 } });
      },
    });
    const { electron, main } = opened;
    await electron.invoke(main, { kind: 'picture-window' });
    const [, picture] = electron.windows;
    expect(picture?.options).toMatchObject({ x: 1920, y: 0, width: 2048, height: 2560 });
    expect(picture?.isFull).toBe(true);
    await electron.invoke(main, { kind: 'picture-window' });
    expect(picture?.isDestroyed()).toBe(true);
    await electron.invoke(main, { kind: 'picture-window' });
    main.close();
    expect(electron.windows.every((window) => window.isDestroyed())).toBe(true);
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

interface MenuItem {
  readonly label?: string;
  readonly click?: unknown;
}

/** The items of a menu, or of a menu within one. */
function listItems(menu: readonly MenuItem[], label: string): readonly MenuItem[] {
  const children = (item: MenuItem): readonly MenuItem[] => ('submenu' in item ? (item.submenu as MenuItem[]) : []);
  const all = menu.flatMap((item) => [item, ...children(item)]);
  return children(all.find((item) => item.label === label) ?? {});
}

async function readKept({ folder }: OpenedDesktop, name: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(folder, 'relevance-lightbox', name), 'utf8'));
}
