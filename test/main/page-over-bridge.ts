import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page, Route } from '@playwright/test';
import { build } from 'vite';
import { openDesktop, type OpenedDesktop } from './open-desktop.ts';

// Trusted like the desktop's own scheme: some of what a page may do, it may do in a secure place alone.
const origin = 'http://lightbox.localhost';

/** Chromium cannot open the desktop's own scheme, so its addresses stand below this one, and are asked of the same main process. */
export async function hostPageOverBridge(
  page: Page,
  request: { readonly catalog: string; readonly bundle: string },
): Promise<{ readonly url: string; readonly opened: OpenedDesktop; readonly close: () => Promise<void> }> {
  const opened = await openDesktop(request);
  const { electron, main, session } = opened;
  const preload = await buildPreload(path.join(opened.folder, 'preload'));
  await page.route(`${origin}/**`, (route) => fulfill(route, opened));
  await page.exposeFunction('invokeMain', (message: unknown) => electron.invoke(main, message));
  await page.addInitScript({ content: `{ ${electronInPage}\n${preload} }` });
  main.webContents.on('told', () => {
    const event = main.webContents.told.at(-1);
    void page
      .evaluate((told) => {
        window.dispatchEvent(new CustomEvent('told', { detail: told }));
      }, event)
      .catch(() => undefined);
  });
  page.on('request', (asked) => {
    if (asked.isNavigationRequest() && !session.isCancelled('app://lightbox/')) main.webContents.navigate();
  });
  return { url: `${origin}/`, opened, close: opened.close };
}

/** What preload asks of Electron, as far as a page without a preload of its own can have it. */
const electronInPage = `
  const listeners = new Map();
  const require = () => ({
    contextBridge: { exposeInMainWorld: (name, bridge) => { window[name] = bridge; } },
    ipcRenderer: {
      invoke: (channel, message) => window.invokeMain(message),
      on: (channel, listener) => {
        listeners.set(listener, (event) => listener({}, event.detail));
        window.addEventListener('told', listeners.get(listener));
      },
      off: (channel, listener) => window.removeEventListener('told', listeners.get(listener)),
    },
    webUtils: { getPathForFile: (file) => file.name },
  });`;

async function buildPreload(outDir: string): Promise<string> {
  const configFile = fileURLToPath(new URL('../../vite.desktop.config.ts', import.meta.url));
  await build({ configFile, mode: 'preload', logLevel: 'silent', build: { outDir } });
  return readFile(path.join(outDir, 'index.cjs'), 'utf8');
}

async function fulfill(route: Route, { session }: OpenedDesktop): Promise<void> {
  const asked = route.request();
  const address = asked.url().replace(origin, 'app://lightbox');
  const answer = session.answers.get('app');
  if (!answer || session.isCancelled(address)) {
    await route.abort();
    return;
  }
  const response = await answer(new Request(address, { method: asked.method() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}
