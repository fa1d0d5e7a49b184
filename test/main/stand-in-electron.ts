import { EventEmitter } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserWindowConstructorOptions, CustomScheme, MenuItemConstructorOptions } from 'electron';
import { bridgeChannel, bridgeEventSchema, type BridgeEvent } from '#shared/desktop/bridge.ts';
import type {
  AppCalls,
  ContentsCalls,
  ElectronCalls,
  SenderCalls,
  SessionCalls,
  WindowCalls,
} from '../../src/main/electron-calls.ts';

/** An event that remembers whether its consequence was prevented. */
export interface TriedEvent {
  readonly preventDefault: () => void;
  readonly isPrevented: () => boolean;
}

export function tryEvent(): TriedEvent {
  let prevented = false;
  return {
    preventDefault: () => {
      prevented = true;
    },
    isPrevented: () => prevented,
  };
}

let lastId = 0;

/** A page: keeps what it is told, and can be navigated, crashed and closed. */
export class StandInContents extends EventEmitter implements ContentsCalls {
  readonly id = ++lastId;
  readonly mainFrame = { url: '', parent: null as unknown };
  readonly told: BridgeEvent[] = [];
  reloads = 0;
  destroyed = false;
  windowOpenHandler: (() => { action: string }) | undefined;

  isDestroyed(): boolean {
    return this.destroyed;
  }

  /** As Electron does, refuses to talk to what is gone; what is told must be an event of the bridge. */
  send(channel: string, message: unknown): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    if (channel !== bridgeChannel) throw new Error(`Nobody listens to ${channel}.`);
    this.told.push(bridgeEventSchema.parse(structuredClone(message)));
    this.emit('told');
  }

  reload(): void {
    this.reloads++;
    this.navigate();
  }

  /** Begins anew, as a load or a reload does. */
  navigate(): void {
    this.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
  }

  setWindowOpenHandler(handler: () => { action: 'deny' }): void {
    this.windowOpenHandler = handler;
  }
}

export class StandInWindow extends EventEmitter implements WindowCalls {
  readonly webContents = new StandInContents();
  readonly options: BrowserWindowConstructorOptions;
  readonly done: string[] = [];
  isMax = false;
  isFull = false;
  isMin = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }

  loadURL(address: string): Promise<void> {
    this.webContents.mainFrame.url = new URL(address).href;
    this.webContents.navigate();
    queueMicrotask(() => this.emit('ready-to-show'));
    return Promise.resolve();
  }

  show(): void {
    this.done.push('show');
  }
  focus(): void {
    this.done.push('focus');
  }
  restore(): void {
    this.isMin = false;
    this.done.push('restore');
  }
  maximize(): void {
    this.isMax = true;
  }
  setFullScreen(on: boolean): void {
    this.isFull = on;
  }
  isDestroyed = (): boolean => this.webContents.destroyed;
  isMinimized = (): boolean => this.isMin;
  isMaximized = (): boolean => this.isMax;
  isFullScreen = (): boolean => this.isFull;

  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options;
    return { x, y, width, height };
  }

  close(): void {
    this.emit('close');
    this.webContents.destroyed = true;
    this.emit('closed');
  }
}

/** Keeps the handlers it is given, so that a test can be the page that asks. */
export class StandInSession extends EventEmitter implements SessionCalls {
  answers = new Map<string, (request: Request) => Promise<Response>>();
  beforeRequest: Parameters<SessionCalls['webRequest']['onBeforeRequest']>[0] | undefined;
  permissionRequest: Parameters<SessionCalls['setPermissionRequestHandler']>[0] | undefined;
  permissionCheck: (() => boolean) | undefined;
  devicePermission: (() => boolean) | undefined;
  displayMedia: Parameters<SessionCalls['setDisplayMediaRequestHandler']>[0] | undefined;
  spellChecker = true;
  readonly protocol = {
    handle: (scheme: string, answer: (request: Request) => Promise<Response>): void => {
      if (this.answers.has(scheme)) throw new Error(`${scheme} is handled already.`);
      this.answers.set(scheme, answer);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<StandInSession['beforeRequest']>): void => {
      this.beforeRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: NonNullable<StandInSession['permissionRequest']>): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler;
  }
  setDisplayMediaRequestHandler(handler: NonNullable<StandInSession['displayMedia']>): void {
    this.displayMedia = handler;
  }
  setSpellCheckerEnabled(on: boolean): void {
    this.spellChecker = on;
  }

  isCancelled(url: string): boolean {
    let cancelled = false;
    this.beforeRequest?.({ url }, ({ cancel }) => {
      cancelled = cancel;
    });
    return cancelled;
  }
}

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
  readonly screen = { getAllDisplays: () => this.displays };

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
