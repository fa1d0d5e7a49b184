import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkbench } from '#core/workbench/index.ts';
import { longestMessage } from '#shared/desktop/bridge.ts';
import { closingSwitches } from '../../src/main/close-network.ts';
import { createSmallWorld, type SmallWorld } from '../cli/small-world.ts';
import { createPageClient, openDesktop, type OpenedDesktop } from './open-desktop.ts';
import { StandInWindow, tryEvent } from './stand-in-electron.ts';

let world: SmallWorld;
let opened: OpenedDesktop;

beforeAll(async () => {
  world = await createSmallWorld(3);
  const catalog = world.at('catalog.lightbox');
  const workbench = createWorkbench({ catalog });
  await workbench.importDataset({ folder: world.folder, name: 'small', layout: 'auto' });
  await workbench.close();
  opened = await openDesktop({ catalog });
});
afterAll(async () => {
  await opened.close();
  await world.remove();
});

describe('the page', () => {
  test('runs in a sandbox, apart from Node and from its preload', () => {
    expect(opened.main.options.webPreferences).toMatchObject({
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false },
      ...{ nodeIntegrationInSubFrames: false, webSecurity: true, webviewTag: false, navigateOnDragDrop: false },
      ...{ spellcheck: false, partition: 'lightbox', preload: path.join(opened.folder, 'preload.cjs') },
    });
    expect(opened.electron.isSandboxed).toBe(true);
    // Standard and secure, as web pages are; past no policy, and no service worker between.
    expect(opened.electron.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ]);
    expect(opened.main.webContents.mainFrame.url).toBe('app://lightbox/');
  });

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    '%s leads nowhere',
    (name) => {
      const event = tryEvent();
      opened.main.webContents.emit(name, event);
      expect(event.isPrevented()).toBe(true);
    },
  );

  test('opens no window', () => {
    expect(opened.main.webContents.windowOpenHandler?.()).toEqual({ action: 'deny' });
  });

  test.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'fileSystem',
    'openExternal',
    'usb',
    'unknown',
  ])('is refused %s', (permission) => {
    let granted: boolean | undefined;
    opened.session.permissionRequest?.(opened.main.webContents, permission, (answer) => {
      granted = answer;
    });
    expect(granted).toBe(false);
    expect(opened.session.permissionCheck?.()).toBe(false);
    expect(opened.session.devicePermission?.()).toBe(false);
  });

  test('is given no screen to record, and downloads nothing', () => {
    let streams: unknown = 'none given';
    opened.session.displayMedia?.({}, (given) => {
      streams = given;
    });
    expect(streams).toBeNull();
    const event = tryEvent();
    opened.session.emit('will-download', event);
    expect(event.isPrevented()).toBe(true);
  });
});

describe('the network', () => {
  test.each([
    'http://127.0.0.1/',
    'https://example.org/x.js',
    'ws://localhost:80/',
    'file:///etc/passwd',
    'ftp://example.org/',
    'app://elsewhere/index.html',
    'app://lightbox.example.org/',
    'app://user@lightbox/',
    'blob:https://example.org/1',
    'devtools://devtools/bundled/inspector.html',
    'nonsense',
  ])('%s is cancelled', (url) => {
    expect(opened.session.isCancelled(url)).toBe(true);
  });

  test.each(['app://lightbox/', 'app://lightbox/data/picture/1', 'data:,', 'blob:app://lightbox/1'])(
    '%s is the page’s own',
    (url) => {
      expect(opened.session.isCancelled(url)).toBe(false);
    },
  );

  test('Chromium’s own calls are switched off before it starts', () => {
    expect(opened.electron.switches).toEqual(closingSwitches);
    expect(opened.session.spellChecker).toBe(false);
  });
});

describe('the own scheme', () => {
  test.each([
    'app://lightbox/../secret.html',
    'app://lightbox/%2e%2e/secret.html',
    'app://lightbox/..%2fsecret.html',
    'app://lightbox/assets/..%5c..%5csecret.html',
    'app://lightbox/assets/%2e%2e%2f%2e%2e%2fsecret.html',
    'app://lightbox/notes.txt',
    'app://lightbox/%',
    'app://lightbox/index.html%00.js',
    'app://lightbox//etc/passwd.html',
    'app://lightbox/data/picture/999999',
    'app://lightbox/data/constructor/x',
    `app://lightbox/data/array/${'0'.repeat(64)}`,
    'app://lightbox/data/array/..%2f..%2fcatalog.lightbox',
  ])('has nothing at %s', async (address) => {
    const answer = await opened.fetch(address);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
  });

  test('has nothing at an address that is too long', async () => {
    expect((await opened.fetch(`app://lightbox/data/picture/${'1'.repeat(9000)}`)).status).toBe(404);
  });

  test('answers nobody else’s address, and only reads', async () => {
    expect((await opened.fetch('app://elsewhere/index.html')).status).toBe(403);
    expect((await opened.fetch('app://lightbox/', 'POST')).status).toBe(405);
  });

  test('serves the window and the data of the catalog, under a strict policy', async () => {
    const page = await opened.fetch('app://lightbox/?picture');
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>window</title>']);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'.*script-src 'self';.*connect-src 'self'.*frame-ancestors 'none'/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe|\*|http/);
    const picture = await opened.fetch('app://lightbox/data/picture/1');
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    const bytes = Buffer.from(await picture.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  });
});

describe('the one channel', () => {
  const call = { kind: 'ready' };

  test('answers the page’s calls by the contract', async () => {
    const { datasets } = await opened.client.overview();
    expect(datasets.map(({ name, groups }) => [name, groups[0]?.count])).toEqual([['small', 3]]);
  });

  test('a call that fails crosses as its sentence', async () => {
    await expect(opened.client.folders.list({ path: world.at('nowhere') })).rejects.toThrow('There is no folder');
  });

  test.each([
    ['of another place', { url: 'https://example.org/', parent: null }],
    ['of a host that looks like it', { url: 'app://lightbox.example.org/', parent: null }],
    ['of a file', { url: 'file:///tmp/index.html', parent: null }],
    ['within the page', { url: 'app://lightbox/', parent: {} }],
    ['that is gone', null],
  ])('a frame %s is refused', async (_, senderFrame) => {
    const asked = opened.electron.invokeAs({ sender: opened.main.webContents, senderFrame }, call);
    await expect(asked).rejects.toThrow('It did not come from the page of this window');
  });

  test('a page of no window of ours is refused', async () => {
    const stranger = new StandInWindow({});
    await stranger.loadURL('app://lightbox/');
    await expect(opened.electron.invoke(stranger, call)).rejects.toThrow('did not come from the page');
  });

  test.each([
    ['nothing', undefined],
    ['a text', 'ready'],
    ['an unknown kind', { kind: 'run', command: 'ls' }],
    ['more than there is', { kind: 'ready', more: 1 }],
    ['a call that is no text', { kind: 'call', text: { i: '1' } }],
    ['a path that is no text', { kind: 'dropped', paths: [1] }],
  ])('%s is refused', async (_, message) => {
    await expect(opened.electron.invoke(opened.main, message)).rejects.toThrow('none of the messages');
  });

  test('two messages at once are refused', async () => {
    await expect(opened.electron.invoke(opened.main, call, call)).rejects.toThrow('more than one thing');
  });

  test('a message that is too long is refused, and the call with it', async () => {
    const text = 'x'.repeat(longestMessage + 1);
    await expect(opened.electron.invoke(opened.main, { kind: 'call', text })).rejects.toThrow('too long');
    await expect(opened.client.folders.list({ path: text })).rejects.toThrow('It is too long');
  });

  test('an unknown method and a wrong argument are answered as such', async () => {
    const unknown = opened.client as unknown as { readonly shell: { run(command: string): Promise<unknown> } };
    await expect(unknown.shell.run('ls')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(opened.client.samples.view({ id: 'one' as unknown as number })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  test('what is no call at all does not disturb the workbench', async () => {
    const { processId } = opened.desktop.workbench;
    for (const text of ['', '{', '[]', '{"i":1}', '{"i":"1","p":{"u":"https://example.org/"}}', '{"i":"x","p":null}'])
      await opened.electron.invoke(opened.main, { kind: 'call', text });
    await mkdir(path.join(opened.folder, 'empty'));
    expect((await opened.client.folders.list({ path: path.join(opened.folder, 'empty') })).folders).toEqual([]);
    expect(opened.desktop.workbench.processId).toBe(processId);
  });

  test('each page is answered alone', async () => {
    await opened.electron.invoke(opened.main, { kind: 'picture-window' });
    const picture = opened.electron.windows.at(-1) ?? opened.main;
    expect(picture).not.toBe(opened.main);
    expect(picture.webContents.mainFrame.url).toBe('app://lightbox/?picture');
    expect(picture.options.webPreferences).toEqual(opened.main.options.webPreferences);
    const before = opened.main.webContents.told.length;
    const client = createPageClient(opened.electron, picture);
    expect((await client.overview()).datasets).toHaveLength(1);
    expect(opened.main.webContents.told.length).toBe(before);
    picture.close();
  });
});
