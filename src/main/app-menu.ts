import path from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuAction } from '#shared/desktop/bridge.ts';
import { toAccelerator } from './accelerator.ts';

/** What the menu's own items do; everything else is an action of the page. */
export interface MenuCommands {
  readonly openFolder: () => void;
  readonly openFile: () => void;
  readonly openRecent: (folder: string) => void;
  readonly clearRecent: () => void;
  readonly runAction: (id: string) => void;
}

export interface MenuContent {
  readonly actions: readonly MenuAction[];
  readonly recent: readonly string[];
  readonly platform: NodeJS.Platform;
}

/** The application's menu. Keys are shown and not taken: the page's one table of shortcuts stays the one that listens. */
export function composeMenu(content: MenuContent, commands: MenuCommands): MenuItemConstructorOptions[] {
  const isMac = content.platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    composeFileMenu(content, commands),
    { role: 'editMenu' },
    viewMenu,
    ...composeActionMenus(content, commands),
    { role: 'windowMenu' },
  ];
}

function composeFileMenu({ recent, platform }: MenuContent, commands: MenuCommands): MenuItemConstructorOptions {
  const folders: MenuItemConstructorOptions[] = recent.map((folder) => ({
    label: `${path.basename(folder)} — ${folder}`,
    click: () => {
      commands.openRecent(folder);
    },
  }));
  const none: MenuItemConstructorOptions = { label: 'None yet', enabled: false };
  const clear: MenuItemConstructorOptions = { label: 'Forget these', click: commands.clearRecent };
  return {
    label: 'File',
    submenu: [
      { label: 'Open Folder…', accelerator: 'CmdOrCtrl+Shift+O', click: commands.openFolder },
      { label: 'Open Catalog or Study…', click: commands.openFile },
      { label: 'Recent Folders', submenu: folders.length > 0 ? [...folders, { type: 'separator' }, clear] : [none] },
      { type: 'separator' },
      platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
    ],
  };
}

/** Of the window itself; what it shows is the page's. */
const viewMenu: MenuItemConstructorOptions = { label: 'View', submenu: [{ role: 'togglefullscreen' }] };

/** One menu for each part of the table, in its order. */
function composeActionMenus({ actions, platform }: MenuContent, commands: MenuCommands): MenuItemConstructorOptions[] {
  const known = new Map(actions.map((action) => [action.id, action]));
  const scopes = Map.groupBy(known.values(), ({ scope }) => scope);
  return Array.from(scopes, ([scope, parts]) => ({
    label: scope,
    submenu: parts.map(({ id, title, keys }) => ({
      label: title,
      ...showKey(keys, platform),
      click: () => {
        commands.runAction(id);
      },
    })),
  }));
}

/** On macOS a key in a menu is always taken, so plain letters, which people also type, do not stand there. */
function showKey(keys: readonly string[], platform: NodeJS.Platform): MenuItemConstructorOptions {
  const [key] = keys;
  const accelerator = key === undefined ? undefined : toAccelerator(key);
  if (accelerator === undefined) return {};
  if (platform === 'darwin') return accelerator.startsWith('CmdOrCtrl') ? { accelerator } : {};
  return { accelerator, registerAccelerator: false };
}
