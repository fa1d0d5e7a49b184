import { EventEmitter } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserWindowConstructorOptions, CustomScheme, MenuItemConstructorOptions } from 'electron';
import { bridgeChannel } from '#shared/desktop/bridge.ts';
import type { AppCalls, ElectronCalls, SenderCalls } from '../../src/main/electron-calls.ts';
import { StandInSession } from './stand-in-session.ts';
import { StandInWindow, tryEvent } from './stand-in-window.ts';

interface Choice {
  canceled: boolean;
  filePaths: string[];
}

type Handler = (event: SenderCalls, ...message: unknown[]) => Promise<unknown>;

/** As much of Electron as the shell calls: it checks the order of what must come before it is ready, keeps handlers, and emits events. */
export class StandInElectron implements ElectronCalls {
  readonly switches: (readonly [string, string?])[] = [];
  readonly windows: StandInWindow[] = [];
  readonly sessions = new Map<string, StandInSession>();
  readonly faults: string[] = [];
  readonly handlers = new Map<string, Handler>();
  displays: { id: number; workArea: { x: number; y: number; width: number; height: number } }[] = [
    { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } },
  ];
  schemes: CustomScheme[] = [];
  menu: MenuItemConstructorOptions[] = [];
  choice: Choice = { canceled: true, filePaths: [] };
  /** Whether another instance runs already. */
  isSecond = false;
  passed: unknown;
  isReady = false;
  isSandboxed = false;
  exitCode: number | undefined;
  onExit: (code: number) => void = () => undefined;
  #isQuitting = false;
  readonly #paths = new Map<string, string>();
  readonly app = this.#createApp();
  readonly protocol = {
    registerSchemesAsPrivileged: (schemes: CustomScheme[]): void => {
      this.#mustBeEarly('registerSchemesAsPrivileged');
      this.schemes = schemes;
    },
  };
  readonly ipcMain = {
    handle: (channel: string, answer: Handler): void => {
      if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
      this.handlers.set(channel, answer);
    },
  };
  readonly screen = { getAllDisplays: (): StandInElectron['displays'] => this.displays };

  constructor(folder: string) {
    this.#paths.set('appData', folder).set('userData', path.join(folder, 'unnamed'));
  }

  openSession(partition: string): StandInSession {
    this.#mustBeReady('session.fromPartition');
    const session = this.sessions.get(partition) ?? new StandInSession();
    this.sessions.set(partition, session);
    return session;
  }

  openWindow(options: BrowserWindowConstructorOptions): StandInWindow {
    this.#mustBeReady('BrowserWindow');
    const window = new StandInWindow(options);
    this.windows.push(window);
    window.on('closed', () => {
      if (!this.#isQuitting && this.windows.every((other) => other.isDestroyed())) this.app.emit('window-all-closed');
    });
    this.app.emit('web-contents-created', {}, window.webContents);
    return window;
  }

  showMenu(items: MenuItemConstructorOptions[]): void {
    this.menu = items;
  }

  chooseFiles(): Promise<Choice> {
    return Promise.resolve(this.choice);
  }

  showFault(_title: string, text: string): void {
    this.faults.push(text);
  }

  /** What the page of a window sends; as over the process boundary, it is a copy that arrives. */
  invoke(window: StandInWindow, ...messages: unknown[]): Promise<unknown> {
    const { webContents } = window;
    return this.invokeAs({ sender: webContents, senderFrame: webContents.mainFrame }, ...messages);
  }

  async invokeAs(event: SenderCalls, ...messages: unknown[]): Promise<unknown> {
    const answer = this.handlers.get(bridgeChannel);
    if (!answer) throw new Error(`No handler registered for '${bridgeChannel}'`);
    return answer(event, ...structuredClone(messages));
  }

  #createApp(): EventEmitter & AppCalls {
    const emitter = new EventEmitter();
    return Object.assign(emitter, {
      isPackaged: false,
      commandLine: {
        appendSwitch: (...part: [string, string?]): void => {
          this.#mustBeEarly('appendSwitch');
          this.switches.push(part);
        },
      },
      setName: (): void => undefined,
      setPath: (name: string, folder: string): void => {
        this.#paths.set(name, folder);
      },
      getPath: (name: string): string => this.#paths.get(name) ?? '',
      enableSandbox: (): void => {
        this.#mustBeEarly('enableSandbox');
        this.isSandboxed = true;
      },
      requestSingleInstanceLock: (passed: Record<string, unknown>): boolean => {
        this.passed = structuredClone(passed);
        return !this.isSecond;
      },
      whenReady: (): Promise<void> => {
        this.isReady = true;
        return Promise.resolve();
      },
      quit: (): void => {
        this.#isQuitting = true;
        for (const window of this.windows) if (!window.isDestroyed()) window.close();
        const event = tryEvent();
        emitter.emit('will-quit', event);
        if (!event.isPrevented()) this.app.exit(0);
      },
      exit: (code: number): void => {
        this.exitCode = code;
        this.onExit(code);
      },
    });
  }

  #mustBeEarly(what: string): void {
    if (this.isReady) throw new Error(`${what} should be called before app is ready`);
  }

  #mustBeReady(what: string): void {
    if (!this.isReady) throw new Error(`${what} cannot be used before the app is ready`);
  }
}

/** A stand-in with a folder of its own for as long as a test runs. */
export async function createStandIn(): Promise<StandInElectron & { readonly folder: string; remove(): Promise<void> }> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'lightbox-main-')));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  return Object.assign(new StandInElectron(folder), { folder, remove });
}
