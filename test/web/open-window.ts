import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { pageHost, type PageRequest } from './page-host.ts';

/** The program pages are opened in: Chromium's, or Electron's where that is the host; undefined where it is not installed. */
export const browserPath = pageHost.program;

/** A name for tests that need a window, which says so where there is none, and in which host it is. */
export const titled = (name: string): string => {
  if (browserPath === undefined) return `${name} (skipped: ${pageHost.reason})`;
  return pageHost.name === 'web' ? name : `${name}, host ${pageHost.name}`;
};

/** A window on a catalog, in the host that was chosen (page-host.ts). */
export interface OpenedWindow {
  readonly page: Page;
  /** Where the page is opened anew. */
  readonly url: string;
  /** What went wrong in the page, and what it asked of other places. */
  readonly faults: string[];
  readonly elsewhere: string[];
  /** The text of what carries a test id. */
  shown(id: string): Promise<string | null>;
  close(): Promise<void>;
}

export async function buildWindow(folder: string): Promise<void> {
  const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'silent', build: { outDir: folder } });
}

export async function openWindow(request: PageRequest): Promise<OpenedWindow> {
  const { page, url, show, close } = await pageHost.open(request);
  const faults: string[] = [];
  const elsewhere: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('request', (asked) => {
    const { host, protocol } = new URL(asked.url());
    if (protocol !== 'data:' && host !== new URL(url).host) elsewhere.push(asked.url());
  });
  await show();
  return { ...{ page, url, faults, elsewhere, close }, shown: (id) => page.getByTestId(id).textContent() };
}
