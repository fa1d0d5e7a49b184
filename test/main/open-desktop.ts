import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '#shared/contract/contract.ts';
import { openBridgePort } from '#shared/desktop/bridge-port.ts';
import type { Bridge, BridgeEvent } from '#shared/desktop/bridge.ts';
import type { Desktop } from '../../src/main/desktop.ts';
import { startDesktop } from '../../src/main/start-desktop.ts';
import { projectFolder } from '../cli/run-lightbox.ts';
import { createStandIn, type StandInElectron } from './stand-in-electron.ts';
import type { StandInSession } from './stand-in-session.ts';
import type { StandInWindow } from './stand-in-window.ts';

export type PageClient = ContractRouterClient<typeof contract>;

/** The application on the stand-in, with the real workbench in its own Node behind it. */
export interface OpenedDesktop {
  readonly electron: StandInElectron;
  readonly desktop: Desktop;
  readonly folder: string;
  readonly main: StandInWindow;
  readonly session: StandInSession;
  /** What the page of the main window calls. */
  readonly client: PageClient;
  /** What the own scheme answers at a path of the page's place. */
  readonly fetch: (address: string, method?: string) => Promise<Response>;
  readonly close: () => Promise<void>;
}

export interface DesktopRequest {
  readonly args?: readonly string[];
  readonly catalog?: string;
  /** Before the start. */
  readonly prepare?: (electron: StandInElectron, folder: string) => Promise<void> | void;
  readonly workbench?: string;
  /** Folder of a built window; a page of one line when not given. */
  readonly bundle?: string;
}

export async function openDesktop(request: DesktopRequest = {}): Promise<OpenedDesktop> {
  const electron = await createStandIn();
  const { folder } = electron;
  const { bundle = await writePlainBundle(folder), catalog = path.join(folder, 'catalog.lightbox') } = request;
  const { workbench = path.join(projectFolder, 'src', 'cli', 'lightbox.js'), args = [] } = request;
  await request.prepare?.(electron, folder);
  const desktop = await startDesktop(electron, {
    places: { bundle, preload: path.join(folder, 'preload.cjs'), node: process.execPath, workbench },
    argv: ['electron', 'main', '--catalog', catalog, ...args],
    directory: folder,
    platform: 'linux',
  });
  const [main] = electron.windows;
  const session = electron.sessions.get('lightbox');
  if (!desktop || !main || !session) throw new Error('The application did not start.');
  return {
    ...{ electron, desktop, folder, main, session, client: createPageClient(electron, main) },
    fetch: (address, method = 'GET') => {
      const answer = session.answers.get('app');
      if (!answer) throw new Error('Nobody answers the own scheme.');
      return answer(new Request(address, { method }));
    },
    close: async () => {
      await desktop.workbench.close();
      await electron.remove();
    },
  };
}

/** A page of one line, beside files that are none of its own. */
async function writePlainBundle(folder: string): Promise<string> {
  const bundle = path.join(folder, 'bundle');
  await mkdir(path.join(bundle, 'assets'), { recursive: true });
  await writeFile(path.join(bundle, 'index.html'), '<!doctype html><title>window</title>');
  await writeFile(path.join(bundle, 'notes.txt'), 'no part of a bundle');
  await writeFile(path.join(folder, 'secret.html'), 'outside of the bundle');
  return bundle;
}

/** The bridge as preload gives it to a page of a window. */
export function bridgeOf(electron: StandInElectron, window: StandInWindow): Bridge {
  return {
    request: (message) => electron.invoke(window, message),
    subscribe: (listener) => {
      let seen = window.webContents.told.length;
      const tell = (): void => {
        for (const event of window.webContents.told.slice(seen)) {
          seen++;
          listener(event);
        }
      };
      window.webContents.on('told', tell);
      return () => window.webContents.off('told', tell);
    },
  };
}

export function createPageClient(electron: StandInElectron, window: StandInWindow): PageClient {
  return createORPCClient(new RPCLink({ port: openBridgePort(bridgeOf(electron, window)) }));
}

/** What a page was told, but for answers. */
export const toldTo = ({ webContents }: StandInWindow): readonly BridgeEvent[] =>
  webContents.told.filter(({ kind }) => kind !== 'answer');
