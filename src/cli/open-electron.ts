import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { findElectron } from './find-electron.ts';

export interface ElectronWindow {
  /** `out/main/index.js` */
  readonly main: string;
  readonly catalog: string | undefined;
}

/** Opens the window in Electron and leaves it to itself; else says why not, as the first half of a sentence. */
export async function openElectron({ main, catalog }: ElectronWindow): Promise<string | undefined> {
  const found = findElectron();
  if ('reason' in found) return found.reason;
  if (!existsSync(main)) return 'The desktop shell is not built ("npm run build:desktop" does that)';
  const args = [main, ...(catalog === undefined ? [] : ['--catalog', catalog])];
  const child = spawn(found.program, args, { detached: true, stdio: 'ignore' });
  child.unref();
  return once(child, 'spawn').then(
    () => undefined,
    () => `Electron's program at ${found.program} could not be started`,
  );
}
