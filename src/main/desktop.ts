import path from 'node:path';
import { z } from 'zod';
import type { MenuAction } from '#shared/desktop/bridge.ts';
import { composeMenu } from './app-menu.ts';
import { DesktopWindows } from './desktop-windows.ts';
import type { ElectronCalls } from './electron-calls.ts';
import { examinePath, type OpenRequest } from './open-request.ts';
import { openPageChannel } from './page-channel.ts';
import { loadRecentFolders, type RecentFolders } from './recent-folders.ts';
import type { Places } from './places.ts';
import { WorkbenchKeeper } from './workbench-keeper.ts';

export interface DesktopStart {
  readonly places: Places;
  readonly argv: readonly string[];
  readonly directory: string;
  readonly platform: NodeJS.Platform;
}

/** What a second start of the program hands over. */
const passedSchema = z.object({ catalog: z.string().optional(), paths: z.array(z.string()) });

/** The running application: its windows, its workbench, and what goes to and fro between them. */
export class Desktop {
  readonly workbench: WorkbenchKeeper;
  readonly windows: DesktopWindows;
  readonly #electron: ElectronCalls;
  readonly #platform: NodeJS.Platform;
  #recent: RecentFolders | undefined;
  #actions: readonly MenuAction[] = [];

  constructor(electron: ElectronCalls, { places, platform }: DesktopStart, catalog: string | undefined) {
    this.#electron = electron;
    this.#platform = platform;
    this.workbench = new WorkbenchKeeper(places, catalog, {
      onAnswer: (page, text) => {
        this.windows.answer(page, text);
      },
      onChange: (isThere, sentence) => {
        this.windows.tellAll({ kind: 'workbench', isThere, sentence });
      },
    });
    this.windows = new DesktopWindows(electron, places, {
      onPageGone: (page) => {
        this.workbench.leave(page);
      },
      onGiveUp: (sentence) => {
        electron.showFault('Relevance Lightbox', sentence);
        electron.app.quit();
      },
    });
  }

  async start(): Promise<void> {
    this.#listen();
    this.#recent = await loadRecentFolders(path.join(this.#electron.app.getPath('userData'), 'recent-folders.json'));
    this.#showMenu();
    await this.windows.show();
  }

  /** Shows what lies at each path, one after the other. */
  async openPaths(paths: readonly string[]): Promise<void> {
    for (const place of paths) await this.#open(await examinePath(place));
  }

  #listen(): void {
    const { app, ipcMain } = this.#electron;
    openPageChannel(ipcMain, {
      isOwnPage: (page) => this.windows.isOwnPage(page),
      handlers: {
        call: ({ text }, page) => {
          this.workbench.call(page, text);
        },
        ready: (_, page) => {
          this.#welcome(page);
        },
        menu: ({ actions }, page) => {
          this.#takeActions(actions, page);
        },
        dropped: ({ paths }) => this.openPaths(paths),
        'choose-folder': () => this.#chooseFolder(),
        'picture-window': () => {
          this.windows.togglePicture();
        },
      },
    });
    app.on('second-instance', (...given) => void this.#onSecondStart(given[3]));
    app.on('activate', () => void this.windows.show());
    app.on('window-all-closed', () => {
      app.quit();
    });
    this.#closeBeforeQuitting();
  }

  /** The application ends when its workbench has; nothing of it outlives the application. */
  #closeBeforeQuitting(): void {
    const { app } = this.#electron;
    let isClosing = false;
    app.on('will-quit', (event) => {
      event.preventDefault();
      if (isClosing) return;
      isClosing = true;
      void this.workbench.close().finally(() => {
        app.exit(0);
      });
    });
  }

  async #onSecondStart(passed: unknown): Promise<void> {
    await this.windows.show();
    const read = passedSchema.safeParse(passed);
    if (!read.success) return;
    const { catalog, paths } = read.data;
    await this.openPaths([...(catalog === undefined ? [] : [catalog]), ...paths]);
  }

  async #open(request: OpenRequest): Promise<void> {
    if (request.kind === 'refusal') this.windows.tell({ kind: 'notice', text: request.text, isFault: true });
    else if (request.kind === 'catalog') await this.workbench.changeCatalog(request.path);
    else {
      this.windows.tell(request);
      if (request.kind === 'folder') await this.#recent?.add(request.path);
      this.#showMenu();
    }
  }

  async #chooseFolder(): Promise<void> {
    await this.#choose({ title: 'Open a folder of pictures', properties: ['openDirectory'] });
  }

  async #chooseFile(): Promise<void> {
    const filters = [{ name: 'Catalogs and studies', extensions: ['lightbox'] }];
    await this.#choose({ title: 'Open a catalog or a study', properties: ['openFile'], filters });
  }

  async #choose(options: Parameters<ElectronCalls['chooseFiles']>[1]): Promise<void> {
    const { main } = this.windows;
    if (!main) return;
    const { canceled, filePaths } = await this.#electron.chooseFiles(main, options);
    if (!canceled) await this.openPaths(filePaths);
  }

  #showMenu(): void {
    const content = { actions: this.#actions, recent: this.#recent?.list() ?? [], platform: this.#platform };
    const items = composeMenu(content, {
      openFolder: () => void this.#chooseFolder(),
      openFile: () => void this.#chooseFile(),
      openRecent: (folder) => void this.openPaths([folder]),
      clearRecent: () =>
        void this.#recent?.clear().then(() => {
          this.#showMenu();
        }),
      runAction: (id) => {
        this.windows.tell({ kind: 'action', id });
      },
    });
    this.#electron.showMenu(items);
  }

  /** The menu shows what can be done in the main window. */
  #takeActions(actions: readonly MenuAction[], page: number): void {
    if (page !== this.windows.main?.webContents.id) return;
    this.#actions = actions;
    this.#showMenu();
  }

  #welcome(page: number): void {
    this.windows.welcome(page);
    const { fault } = this.workbench;
    if (fault !== undefined) this.windows.tellAll({ kind: 'workbench', isThere: false, sentence: fault });
  }
}
