import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createWorkbench } from '#core/workbench/index.ts';
import { createSmallWorld } from '../cli/small-world.ts';
import { toldTo, type OpenedDesktop } from './open-desktop.ts';
import { listen, news, openForTest as open } from './open-for-test.ts';
import { isRunning } from './processes.ts';
import { tryEvent } from './stand-in-window.ts';

describe('what is opened', () => {
  test('from the command line is told as soon as the page listens; a study by what it is, whatever it is called', async () => {
    const opened = await open({
      args: ['films', 'study.lightbox-study', 'notes.txt', '--enable-logging'],
      prepare: async (_, folder) => {
        await mkdir(path.join(folder, 'films'));
        await writeFile(path.join(folder, 'study.lightbox-study'), 'PK\u0003\u0004 a study');
        await writeFile(path.join(folder, 'notes.txt'), 'notes');
      },
    });
    const { main, folder } = opened;
    expect(toldTo(main)).toEqual([]);
    await listen(opened);
    expect(toldTo(main).slice(0, 2)).toEqual([
      { kind: 'folder', path: path.join(folder, 'films') },
      { kind: 'study', path: path.join(folder, 'study.lightbox-study') },
    ]);
    expect(news(main)[2]).toMatch(/notes\.txt" is no folder and no \.lightbox file/);
  });

  test('by dropping, by dialog and by the menu is the same; folders are remembered, and forgotten when asked', async () => {
    const opened = await open();
    const { electron, main, folder } = opened;
    await listen(opened);
    const [films, more] = [path.join(folder, 'films'), path.join(folder, 'more')];
    for (const made of [films, more]) await mkdir(made);
    await electron.invoke(main, { kind: 'dropped', paths: [films] });
    electron.choice = { canceled: false, filePaths: [more] };
    await electron.invoke(main, { kind: 'choose-folder' });
    electron.choice = { canceled: true, filePaths: [films] };
    await electron.invoke(main, { kind: 'choose-folder' });
    const told = (): readonly unknown[] => toldTo(main).map((event) => ('path' in event ? event.path : event));
    expect(told()).toEqual([films, more]);
    expect(await readKept(opened, 'recent-folders.json')).toEqual([more, films]);
    const recent = (): readonly { readonly label?: string; click?: unknown }[] =>
      listItems(electron.menu, 'Recent Folders');
    expect(recent().map(({ label }) => label)).toEqual([
      `more — ${more}`,
      `films — ${films}`,
      undefined,
      'Forget these',
    ]);
    (recent()[1]?.click as () => void)();
    await expect.poll(told).toEqual([films, more, films]);
    (recent().at(-1)?.click as () => void)();
    await expect.poll(() => recent().map(({ label }) => label)).toEqual(['None yet']);
    expect(await readKept(opened, 'recent-folders.json')).toEqual([]);
  });

  test('a catalog takes the place of the one before', async () => {
    const world = await createSmallWorld(2);
    onTestFinished(() => world.remove());
    const catalog = world.at('other.lightbox');
    const workbench = createWorkbench({ catalog });
    await workbench.importDataset({ folder: world.folder, name: 'other' });
    await workbench.close();
    const opened = await open();
    await listen(opened);
    const before = opened.desktop.workbench.processId ?? 0;
    await opened.electron.invoke(opened.main, { kind: 'dropped', paths: [catalog] });
    await expect
      .poll(() => news(opened.main))
      .toEqual(['false: Another catalog is being opened.', 'true: The workbench is back.']);
    expect((await opened.client.overview()).datasets.map(({ name }) => name)).toEqual(['other']);
    expect(await isRunning(before)).toBe(false);
  });

  test('a file the system hands over before the window is there waits for it', async () => {
    const event = tryEvent();
    const opened = await open({
      prepare: async (electron, folder) => {
        await mkdir(path.join(folder, 'films'));
        electron.app.whenReady = () => {
          electron.isReady = true;
          electron.app.emit('open-file', event, path.join(folder, 'films'));
          return Promise.resolve();
        };
      },
    });
    await listen(opened);
    expect(event.isPrevented()).toBe(true);
    expect(news(opened.main)).toEqual(['folder']);
  });
});

describe('the menu', () => {
  test('shows the page’s actions by their scopes, with keys it does not take, and runs them in the page', async () => {
    const opened = await open();
    const { electron, main } = opened;
    await listen(opened);
    const action = { id: 'shell.open', title: 'Open a folder', scope: 'Everywhere', keys: ['Ctrl+O'] };
    await electron.invoke(main, { kind: 'menu', actions: [action, { ...action, id: 'film.next', scope: 'Reading' }] });
    expect(electron.menu.map(({ label, role }) => label ?? role)).toEqual([
      ...['File', 'editMenu', 'View', 'Everywhere', 'Reading', 'windowMenu'],
    ]);
    const [item] = listItems(electron.menu, 'Everywhere');
    expect(item).toMatchObject({ label: 'Open a folder', accelerator: 'CmdOrCtrl+O', registerAccelerator: false });
    (item?.click as () => void)();
    expect(toldTo(main)).toEqual([{ kind: 'action', id: 'shell.open' }]);
  });
});

describe('the window', () => {
  test('stands where it was left, as long as there is a screen to show it on', async () => {
    const place = { bounds: { x: 300, y: 200, width: 1000, height: 700 }, isMaximized: true, isFullScreen: false };
    const keep = async (_: unknown, folder: string): Promise<void> => {
      await mkdir(path.join(folder, 'relevance-lightbox'));
      await writeFile(path.join(folder, 'relevance-lightbox', 'window.json'), JSON.stringify(place));
    };
    const opened = await open({ prepare: keep });
    expect(opened.main.options).toMatchObject(place.bounds);
    expect(opened.main.isMax).toBe(true);
    opened.main.isMax = false;
    opened.main.close();
    await expect.poll(() => readKept(opened, 'window.json')).toEqual({ ...place, isMaximized: false });
    const away = await open({
      prepare: async (electron, folder) => {
        electron.displays = [{ id: 1, workArea: { x: -1920, y: 0, width: 1920, height: 1040 } }];
        await keep(electron, folder);
      },
    });
    expect(away.main.options).toMatchObject({ width: 1440, height: 900 });
    expect(away.main.options.x).toBeUndefined();
  });

  test('for the picture opens on the other screen, and closes with the first', async () => {
    const opened = await open({
      prepare: ({ displays }) => {
        displays.push({ id: 2, workArea: { x: 1920, y: 0, width: 2048, height: 2560 } });
      },
    });
    const { electron, main } = opened;
    await electron.invoke(main, { kind: 'picture-window' });
    const [, picture] = electron.windows;
    expect(picture?.options).toMatchObject({ x: 1920, y: 0, width: 2048, height: 2560 });
    expect(picture?.isFull).toBe(true);
    await electron.invoke(main, { kind: 'picture-window' });
    expect(picture?.isDestroyed()).toBe(true);
    await electron.invoke(main, { kind: 'picture-window' });
    main.close();
    expect(electron.windows.every((window) => window.isDestroyed())).toBe(true);
  });
});

interface MenuItem {
  readonly label?: string;
  readonly click?: unknown;
}

/** The items of a menu, or of a menu within one. */
function listItems(menu: readonly MenuItem[], label: string): readonly MenuItem[] {
  const children = (item: MenuItem): readonly MenuItem[] => ('submenu' in item ? (item.submenu as MenuItem[]) : []);
  const all = menu.flatMap((item) => [item, ...children(item)]);
  return children(all.find((item) => item.label === label) ?? {});
}

async function readKept({ folder }: OpenedDesktop, name: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(folder, 'relevance-lightbox', name), 'utf8'));
}
