import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import { bridgeChannel, bridgeEventSchema, type BridgeEvent } from '#shared/desktop/bridge.ts';
import type { ContentsCalls, WindowCalls } from '../../src/main/electron-calls.ts';

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
