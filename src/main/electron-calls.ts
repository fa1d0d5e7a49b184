/**
 * The calls of Electron the shell makes, and nothing else of it. Electron itself fits (index.ts hands it in, so the compiler checks
 * that); tests hand in a stand-in, because Electron's program cannot be had everywhere.
 */
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  OpenDialogOptions,
  Rectangle,
  RenderProcessGoneDetails,
} from 'electron';

/** An event whose usual consequence can be kept from happening. */
interface Preventable {
  preventDefault(): void;
}

/** Its last part is what the other start handed over. */
type SecondStart = [event: unknown, argv: string[], folder: string, passed: unknown];

/** What would lead out of a page. */
export type LeadingAway = 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview';

export interface AppCalls {
  readonly isPackaged: boolean;
  readonly commandLine: { appendSwitch(name: string, value?: string): void };
  setName(name: string): void;
  setPath(name: 'userData', folder: string): void;
  getPath(name: 'userData' | 'appData'): string;
  enableSandbox(): void;
  requestSingleInstanceLock(passed: Record<string, unknown>): boolean;
  whenReady(): Promise<unknown>;
  quit(): void;
  exit(code: number): void;
  on(event: 'second-instance', listener: (...given: SecondStart) => void): unknown;
  on(event: 'open-file', listener: (event: Preventable, path: string) => void): unknown;
  on(event: 'web-contents-created', listener: (event: unknown, contents: ContentsCalls) => void): unknown;
  on(event: 'window-all-closed' | 'activate', listener: () => void): unknown;
  on(event: 'will-quit', listener: (event: Preventable) => void): unknown;
}

/** A page that begins anew, or moves within itself. */
interface NavigationCalls {
  readonly isSameDocument: boolean;
  readonly isMainFrame: boolean;
}

/** A frame of a page, as far as it says whose it is. */
export interface FrameCalls {
  readonly url: string;
}

export interface ContentsCalls {
  readonly id: number;
  readonly mainFrame: FrameCalls;
  isDestroyed(): boolean;
  send(channel: string, message: unknown): void;
  reload(): void;
  setWindowOpenHandler(handler: () => { action: 'deny' }): void;
  on(event: LeadingAway, listener: (event: Preventable) => void): unknown;
  on(event: 'render-process-gone', listener: (event: unknown, details: RenderProcessGoneDetails) => void): unknown;
  on(event: 'did-start-navigation', listener: (details: NavigationCalls) => void): unknown;
}

export interface WindowCalls {
  readonly webContents: ContentsCalls;
  loadURL(address: string): Promise<void>;
  show(): void;
  focus(): void;
  restore(): void;
  close(): void;
  maximize(): void;
  setFullScreen(on: boolean): void;
  isDestroyed(): boolean;
  isMinimized(): boolean;
  isMaximized(): boolean;
  isFullScreen(): boolean;
  getNormalBounds(): Rectangle;
  on(event: 'close' | 'closed' | 'resize' | 'move', listener: () => void): unknown;
  once(event: 'ready-to-show', listener: () => void): unknown;
}

type Answer = (isGranted: boolean) => void;

export interface SessionCalls {
  readonly protocol: { handle(scheme: string, answer: (request: Request) => Promise<Response>): void };
  readonly webRequest: {
    onBeforeRequest(
      listener: (details: { readonly url: string }, answer: (response: { cancel: boolean }) => void) => void,
    ): void;
  };
  setPermissionRequestHandler(handler: (contents: unknown, permission: string, answer: Answer) => void): void;
  setPermissionCheckHandler(handler: () => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  setDisplayMediaRequestHandler(handler: (request: unknown, answer: (streams: null) => void) => void): void;
  setSpellCheckerEnabled(on: boolean): void;
  on(event: 'will-download', listener: (event: Preventable) => void): unknown;
}

/** Who sent a message over the channel. */
export interface SenderCalls {
  readonly sender: { readonly id: number };
  /** Null when the frame has gone. */
  readonly senderFrame: (FrameCalls & { readonly parent: unknown }) | null;
}

export interface ElectronCalls {
  readonly app: AppCalls;
  readonly protocol: { registerSchemesAsPrivileged(schemes: CustomScheme[]): void };
  readonly ipcMain: {
    handle(channel: string, answer: (event: SenderCalls, ...message: unknown[]) => Promise<unknown>): void;
  };
  readonly screen: { getAllDisplays(): readonly { readonly id: number; readonly workArea: Rectangle }[] };
  openSession(partition: string): SessionCalls;
  openWindow(options: BrowserWindowConstructorOptions): WindowCalls;
  /** The menu of the application. */
  showMenu(items: MenuItemConstructorOptions[]): void;
  chooseFiles(window: WindowCalls, options: OpenDialogOptions): Promise<{ canceled: boolean; filePaths: string[] }>;
  /** Can be shown before anything else is ready. */
  showFault(title: string, text: string): void;
}
