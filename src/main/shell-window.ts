import type { BrowserWindowConstructorOptions } from 'electron';
import { bridgeChannel, type BridgeEvent } from '#shared/desktop/bridge.ts';
import type { ElectronCalls, WindowCalls } from './electron-calls.ts';
import type { Places } from './places.ts';

/** Every window of the application: the page in a sandbox, with the bridge and nothing else of the machine. */
export function secureOptions(
  partition: string,
  { preload }: Pick<Places, 'preload'>,
): BrowserWindowConstructorOptions {
  return {
    show: false,
    backgroundColor: '#000000',
    autoHideMenuBar: true,
    webPreferences: {
      ...{ preload, partition },
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false },
      ...{ nodeIntegrationInSubFrames: false, webSecurity: true, allowRunningInsecureContent: false },
      ...{ webviewTag: false, spellcheck: false, navigateOnDragDrop: false, disableDialogs: true },
    },
  };
}

/** Says something to the page of a window, if it is still there. */
export function tellPage(window: WindowCalls | undefined, event: BridgeEvent): void {
  if (!window || window.isDestroyed() || window.webContents.isDestroyed()) return;
  window.webContents.send(bridgeChannel, event);
}

export interface CrashListener {
  /** The page is loaded again; the sentence is for its reader. */
  readonly onReload: (sentence: string) => void;
  /** It ended too often to go on. */
  readonly onGiveUp: (sentence: string) => void;
}

const MINUTE_MS = 60_000;
const mostReloads = 3;

/** A page whose process ends is loaded again: how it was left is in the catalog, so it comes back as it was. */
export function reloadAfterCrash(window: WindowCalls, { onReload, onGiveUp }: CrashListener): void {
  let endings: readonly number[] = [];
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    endings = [...endings.filter((time) => now - time < MINUTE_MS), now];
    if (endings.length > mostReloads) {
      onGiveUp(
        `The window ended ${endings.length} times within a minute (${reason}). What was done is in the catalog.`,
      );
      return;
    }
    onReload(`The window ended (${reason}) and was opened again as it was left.`);
    window.webContents.reload();
  });
}

/** Opens a window and shows it once it has something to show. */
export function openShellWindow(
  electron: Pick<ElectronCalls, 'openWindow'>,
  address: string,
  options: BrowserWindowConstructorOptions,
): WindowCalls {
  const window = electron.openWindow(options);
  window.once('ready-to-show', () => {
    window.show();
  });
  // A page that cannot be loaded is told of by its process or by the workbench.
  void window.loadURL(address).catch(() => undefined);
  return window;
}
