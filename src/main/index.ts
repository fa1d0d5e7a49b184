/** Electron's main process. */
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, screen, session } from 'electron';
import type { ElectronCalls } from './electron-calls.ts';
import { findPlaces } from './places.ts';
import { startDesktop } from './start-desktop.ts';

const electron: ElectronCalls = {
  ...{ app, protocol, ipcMain },
  // `screen` can be used only once the application is ready.
  screen: { getAllDisplays: () => screen.getAllDisplays() },
  openSession: (partition) => session.fromPartition(partition),
  openWindow: (options) => new BrowserWindow(options),
  showMenu: (items) => {
    Menu.setApplicationMenu(Menu.buildFromTemplate(items));
  },
  chooseFiles: ({ webContents: { id } }, options) => {
    const owner = BrowserWindow.getAllWindows().find((window) => window.webContents.id === id);
    return owner ? dialog.showOpenDialog(owner, options) : dialog.showOpenDialog(options);
  },
  showFault: (title, text) => {
    dialog.showErrorBox(title, text);
  },
};

const { isPackaged } = app;
const places = findPlaces({ folder: import.meta.dirname, resources: process.resourcesPath, isPackaged });
void startDesktop(electron, { places, argv: process.argv, directory: process.cwd(), platform: process.platform });
