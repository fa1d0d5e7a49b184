import path from 'node:path';
import { answerRequest, schemePrivileges } from './app-scheme.ts';
import { appendClosingSwitches, closeNetwork } from './close-network.ts';
import { Desktop, type DesktopStart } from './desktop.ts';
import { partition } from './desktop-windows.ts';
import type { ElectronCalls } from './electron-calls.ts';
import { guardContents, refusePermissions } from './guard-contents.ts';
import { readArguments } from './open-request.ts';
import { ownScheme } from './own-address.ts';
import type { Places } from './places.ts';

const appName = 'Relevance Lightbox';
/** Of the shell's own few files, in the folder where the system keeps those of programs. */
const folderName = 'relevance-lightbox';

/** The desktop application, from its first call of Electron on. Undefined where another one runs already and was told. */
export async function startDesktop(electron: ElectronCalls, start: DesktopStart): Promise<Desktop | undefined> {
  const { app, protocol } = electron;
  app.setName(appName);
  app.setPath('userData', path.join(app.getPath('appData'), folderName));
  app.enableSandbox();
  appendClosingSwitches(app);
  protocol.registerSchemesAsPrivileged(schemePrivileges);
  const first = readArguments(start.argv.slice(app.isPackaged ? 1 : 2), start.directory);
  // The other one is told the arguments as they are meant here: it may stand in another folder.
  if (!app.requestSingleInstanceLock({ ...first })) {
    app.quit();
    return undefined;
  }
  app.on('web-contents-created', (_, contents) => {
    guardContents(contents);
  });
  const early: string[] = [];
  const onEarlyFile = (file: string): unknown => early.push(file);
  let openFile: (file: string) => unknown = onEarlyFile;
  app.on('open-file', (event, file) => {
    event.preventDefault();
    openFile(file);
  });
  await app.whenReady();
  const desktop = new Desktop(electron, start, first.catalog);
  prepareSession(electron, start.places, desktop);
  await desktop.start();
  openFile = (file) => desktop.openPaths([file]);
  await desktop.openPaths([...first.paths, ...early]);
  return desktop;
}

/** Before any window: the session answers the own scheme and nothing else. */
function prepareSession(electron: ElectronCalls, { bundle }: Places, desktop: Desktop): void {
  const session = electron.openSession(partition);
  closeNetwork(session);
  refusePermissions(session);
  const place = { bundle, data: (address: string) => desktop.workbench.data(address) };
  session.protocol.handle(ownScheme, (request) => answerRequest(place, request));
}
