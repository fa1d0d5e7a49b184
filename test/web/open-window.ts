import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build } from 'vite';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import { startWebHost, type WebHost } from '#web/index.ts';

/** Where Debian keeps Chromium; undefined where it is not installed. */
export const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));

/** A name for tests that need a browser, which says so where there is none. */
export const titled = (name: string): string => (browserPath ? name : `${name} (skipped: Chromium is not installed)`);

/** A window on a catalog, in a real browser, through the web host. */
export interface OpenedWindow {
  readonly page: Page;
  readonly host: WebHost;
  readonly workbench: Workbench;
  /** What went wrong in the page, and what it asked of other places. */
  readonly faults: string[];
  readonly elsewhere: string[];
  /** The text of what carries a test id. */
  shown(id: string): Promise<string | null>;
  close(): Promise<void>;
}

export interface WindowRequest {
  readonly catalog: string;
  /** Folder of a built window; see `buildWindow`. */
  readonly bundle: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export async function buildWindow(folder: string): Promise<void> {
  const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'silent', build: { outDir: folder } });
}

export async function openWindow({ catalog, bundle, viewport }: WindowRequest): Promise<OpenedWindow> {
  const workbench = createWorkbench({ catalog });
  const host = await startWebHost({ workbench, bundle });
  const browser: Browser = await chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: viewport ?? { width: 1280, height: 720 } });
  const faults: string[] = [];
  const elsewhere: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && origin !== new URL(host.url).origin) elsewhere.push(request.url());
  });
  await page.goto(host.url);
  return {
    ...{ page, host, workbench, faults, elsewhere },
    shown: (id) => page.getByTestId(id).textContent(),
    close: async () => {
      await browser.close();
      await host.close();
      await workbench.close();
    },
  };
}
