/**
 * The one place that decides what the specs of the window run in, by LIGHTBOX_HOST:
 * `web` (Chromium on the loopback host; the usual one), `bridge` (Chromium on the desktop's main process, with a stand-in for Electron), or
 * `electron` (the desktop window itself; needs Electron's program and `npm run build:desktop`).
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { _electron, chromium, type Page } from '@playwright/test';
import { createWorkbench } from '#core/workbench/index.ts';
import { startWebHost } from '#web/index.ts';
import { findElectron } from '../../src/cli/find-electron.ts';
import { projectFolder } from '../cli/run-lightbox.ts';
import { hostPageOverBridge } from '../main/page-over-bridge.ts';

export interface PageRequest {
  readonly catalog: string;
  /** Folder of a built window; Electron shows the one in `out/`. */
  readonly bundle: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A page that has not been shown yet, so that nothing it does is missed. */
export interface HostedPage {
  readonly page: Page;
  readonly url: string;
  readonly show: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

interface PageHost {
  readonly name: string;
  /** What the page is opened in; undefined where it is not installed. */
  readonly program: string | undefined;
  /** Why not. */
  readonly reason: string;
  open(request: PageRequest): Promise<HostedPage>;
}

const usualSize = { width: 1280, height: 720 };
/** Where Debian keeps Chromium; undefined where it is not installed. */
export const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));

async function openChromium({ viewport = usualSize }: PageRequest): Promise<Pick<HostedPage, 'page' | 'close'>> {
  const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
  return { page: await browser.newPage({ viewport }), close: () => browser.close() };
}

async function openOnWebHost(request: PageRequest): Promise<HostedPage> {
  const workbench = createWorkbench({ catalog: request.catalog });
  const host = await startWebHost({ workbench, bundle: request.bundle });
  const { page, close: closeBrowser } = await openChromium(request);
  return {
    ...{ page, url: host.url, show: () => page.goto(host.url) },
    close: async () => {
      await closeBrowser();
      await host.close();
      await workbench.close();
    },
  };
}

async function openOverBridge(request: PageRequest): Promise<HostedPage> {
  const { page, close: closeBrowser } = await openChromium(request);
  const { url, close } = await hostPageOverBridge(page, request);
  return {
    ...{ page, url, show: () => page.goto(url) },
    close: async () => {
      await closeBrowser();
      await close();
    },
  };
}

async function openInElectron({ catalog, viewport = usualSize }: PageRequest): Promise<HostedPage> {
  const main = path.join(projectFolder, 'out', 'main', 'index.js');
  const application = await _electron.launch({
    executablePath: electron.program ?? '',
    args: [main, '--catalog', catalog],
  });
  const page = await application.firstWindow();
  await page.setViewportSize(viewport);
  return { page, url: 'app://lightbox/', show: () => page.reload(), close: () => application.close() };
}

function describeElectron(): { readonly program: string | undefined; readonly reason: string } {
  const found = findElectron();
  return 'program' in found ? { ...found, reason: '' } : { program: undefined, reason: found.reason };
}

const noChromium = { program: chromiumPath, reason: 'Chromium is not installed' };
const electron = describeElectron();

const hosts: Readonly<Record<string, PageHost>> = {
  web: { name: 'web', ...noChromium, open: openOnWebHost },
  bridge: { name: 'bridge', ...noChromium, open: openOverBridge },
  electron: { name: 'electron', ...electron, open: openInElectron },
};

function choosePageHost(name = 'web'): PageHost {
  const host = hosts[name];
  if (!host) throw new Error(`LIGHTBOX_HOST is "${name}"; it can be ${Object.keys(hosts).join(', ')}.`);
  return host;
}

export const pageHost = choosePageHost(process.env['LIGHTBOX_HOST']);
