import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { hasScreen } from './open-browser.ts';

/** Electron's program, or why the window cannot open in it, as the first half of a sentence. */
export type ElectronFinding = { readonly program: string } | { readonly reason: string };

export interface ElectronSearch {
  /** A module of the installation to search. */
  readonly from: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** Undefined where there are no user ids. */
  readonly userId: number | undefined;
}

const here = (): ElectronSearch => ({
  from: import.meta.url,
  environment: process.env,
  platform: process.platform,
  userId: process.getuid?.(),
});

/** Looks for Electron without importing its package, which would fetch what is missing. */
export function findElectron({ from, environment, platform, userId } = here()): ElectronFinding {
  const folder = findPackage(from);
  if (folder === undefined) return { reason: 'Electron is not part of this installation' };
  const home = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(folder, 'dist');
  const program = path.join(home, readProgramName(folder, platform));
  if (!existsSync(program)) return { reason: "Electron's program was not downloaded when it was installed" };
  if (!hasScreen(platform, environment)) return { reason: 'There is no screen here for Electron' };
  // Its sandbox cannot be set up for root, and without its sandbox it is not started.
  if (platform === 'linux' && userId === 0) return { reason: 'Electron does not run as root' };
  return { program };
}

function findPackage(from: string): string | undefined {
  try {
    return path.dirname(createRequire(from).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

const programs: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Electron's installer writes the program's place into this file. */
function readProgramName(folder: string, platform: NodeJS.Platform): string {
  const file = path.join(folder, 'path.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : (programs[platform] ?? 'electron');
}
