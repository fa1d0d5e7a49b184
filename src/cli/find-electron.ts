import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Why the window cannot open in Electron; undefined where its program is there. */
export function explainNoElectron(from: string = import.meta.url): string | undefined {
  const folder = findPackage(from);
  if (folder === undefined) return 'Electron is not part of this installation';
  const program = path.join(folder, 'dist', readProgramName(folder));
  return existsSync(program) ? undefined : "Electron's program was not downloaded when it was installed";
}

function findPackage(from: string): string | undefined {
  try {
    return path.dirname(createRequire(from).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

/** Electron's installer writes the program's place into this file. */
function readProgramName(folder: string): string {
  const file = path.join(folder, 'path.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'electron';
}
