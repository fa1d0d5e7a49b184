import path from 'node:path';
import type { Rectangle } from 'electron';
import type { BridgeEvent } from '#shared/desktop/bridge.ts';
import type { ElectronCalls, WindowCalls } from './electron-calls.ts';
import { keepFile, type KeptFile } from './kept-file.ts';
import { pageAddress, pictureAddress } from './own-address.ts';
import type { Places } from './places.ts';
import { openShellWindow, reloadAfterCrash, secureOptions, tellPage } from './shell-window.ts';
import { chooseBounds, chooseSecondDisplay, smallest, windowPlaceSchema, type WindowPlace } from './window-place.ts';

/** Kept in memory alone: no picture of a patient comes onto the disk by way of the browser's cache. */
export const partition = 'lightbox';

/** Told to a page that begins to listen; what is older has been overtaken. */
const mostHeld = 20;

export interface WindowsListener {
  /** A page begins anew or is gone: what it waits for is not wanted any more. */
  readonly onPageGone: (page: number) => void;
  readonly onGiveUp: (sentence: string) => void;
}

/** The main window and the one that shows the picture alone. */
export class DesktopWindows {
  readonly #electron: ElectronCalls;
  readonly #places: Places;
  readonly #listener: WindowsListener;
  readonly #placeFile: KeptFile<WindowPlace>;
  #main: WindowCalls | undefined;
  #picture: WindowCalls | undefined;
  /** Pages that said they listen, and what is held for those that do not yet. */
  readonly #listening = new Set<number>();
  readonly #held = new Map<number, readonly BridgeEvent[]>();

  constructor(electron: ElectronCalls, places: Places, listener: WindowsListener) {
    this.#electron = electron;
    this.#places = places;
    this.#listener = listener;
    this.#placeFile = keepFile(path.join(electron.app.getPath('userData'), 'window.json'), windowPlaceSchema);
  }

  get main(): WindowCalls | undefined {
    return this.#main;
  }

  /** Opens the main window where it was left, or brings it to the front. */
  async show(): Promise<void> {
    if (this.#main) {
      if (this.#main.isMinimized()) this.#main.restore();
      this.#main.focus();
      return;
    }
    const kept = await this.#placeFile.load();
    const bounds = chooseBounds(kept, this.#electron.screen.getAllDisplays());
    const limits = { minWidth: smallest.width, minHeight: smallest.height, title: 'Relevance Lightbox' };
    const window = this.#open(pageAddress, { ...bounds, ...limits });
    if (kept?.isMaximized) window.maximize();
    if (kept?.isFullScreen) window.setFullScreen(true);
    window.on('close', () => void this.#placeFile.save(readPlace(window)));
    window.on('closed', () => {
      this.#main = undefined;
      if (this.#picture?.isDestroyed() === false) this.#picture.close();
    });
    this.#main = window;
  }

  /** Opens the window for the picture alone, on a second screen where there is one; closes it where it is open. */
  togglePicture(): void {
    if (this.#picture) {
      this.#picture.close();
      return;
    }
    const bounds = this.#main?.getNormalBounds();
    const display = bounds && chooseSecondDisplay(bounds, this.#electron.screen.getAllDisplays());
    const window = this.#open(pictureAddress, { title: 'Picture — Relevance Lightbox', ...display?.workArea });
    if (display) window.setFullScreen(true);
    window.on('closed', () => {
      this.#picture = undefined;
    });
    this.#picture = window;
  }

  isOwnPage(page: number): boolean {
    return this.#list().some(({ webContents }) => webContents.id === page);
  }

  /** An answer that a page waits for. */
  answer(page: number, text: string): void {
    tellPage(this.#find(page), { kind: 'answer', text });
  }

  /** Tells the main window, as soon as its page listens. */
  tell(event: BridgeEvent): void {
    if (this.#main) this.#post(this.#main.webContents.id, event);
  }

  tellAll(event: BridgeEvent): void {
    for (const { webContents } of this.#list()) this.#post(webContents.id, event);
  }

  /** A page listens now: what was held for it is told. */
  welcome(page: number): void {
    const held = this.#held.get(page) ?? [];
    this.#held.delete(page);
    this.#listening.add(page);
    for (const event of held) this.#post(page, event);
  }

  #post(page: number, event: BridgeEvent): void {
    if (this.#listening.has(page)) tellPage(this.#find(page), event);
    else this.#held.set(page, [...(this.#held.get(page) ?? []), event].slice(-mostHeld));
  }

  #find(page: number): WindowCalls | undefined {
    return this.#list().find(({ webContents }) => webContents.id === page);
  }

  #list(): readonly WindowCalls[] {
    return [this.#main, this.#picture].filter((window) => window?.isDestroyed() === false) as WindowCalls[];
  }

  #open(address: string, place: Partial<Rectangle> & { readonly title: string }): WindowCalls {
    const options = { ...secureOptions(partition, this.#places), ...place };
    const window = openShellWindow(this.#electron, address, options);
    const page = window.webContents.id;
    const leave = (): void => {
      this.#listening.delete(page);
      this.#listener.onPageGone(page);
    };
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) leave();
    });
    window.on('closed', leave);
    reloadAfterCrash(window, {
      onReload: (text) => {
        leave();
        this.#post(page, { kind: 'notice', text, isFault: true });
      },
      onGiveUp: this.#listener.onGiveUp,
    });
    return window;
  }
}

function readPlace(window: WindowCalls): WindowPlace {
  return {
    bounds: window.getNormalBounds(),
    isMaximized: window.isMaximized(),
    isFullScreen: window.isFullScreen(),
  };
}
