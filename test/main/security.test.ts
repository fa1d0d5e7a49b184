import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closingSwitches } from '../../src/main/close-network.ts';
import { openDesktopOnWorld, type DesktopOnWorld } from './desktop-on-world.ts';
import type { OpenedDesktop } from './open-desktop.ts';
import { tryEvent } from './stand-in-window.ts';

let place: DesktopOnWorld;
let opened: OpenedDesktop;

beforeAll(async () => {
  place = await openDesktopOnWorld();
  ({ opened } = place);
});
afterAll(() => place.close());

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
