import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** An unpacked Electron: brought by hand (ELECTRON_OVERRIDE_DIST_PATH), or fetched by Electron's own installer. Undefined where there is none. */
export function findElectronFolder(project: string, environment = process.env): string | undefined {
  const brought = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const folders = [brought, path.join(project, 'node_modules', 'electron', 'dist')];
  return folders.find((folder) => folder !== undefined && existsSync(path.join(folder, 'version')));
}

/** By this text the tool that sets fuses finds them in a program; version 1 and so many fuses follow it. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseStates = '100111101';

/** A folder in Electron's form whose program does nothing: enough to prove the configuration and the fuses where Electron cannot be had. */
export async function makeStandInFolder(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'resources'), { recursive: true });
  const head = '#!/bin/sh\nexit 0\n';
  const wire = Buffer.from([1, fuseStates.length]);
  await writeFile(
    path.join(folder, 'electron'),
    Buffer.concat([Buffer.from(head + sentinel), wire, Buffer.from(fuseStates)]),
    {
      mode: 0o755,
    },
  );
  await writeFile(path.join(folder, 'version'), '45.4.1');
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'chrome_crashpad_handler'])
    await writeFile(path.join(folder, name), '');
}

/** The fuses of a program, as it has them: `0` off, `1` on, `r` removed. */
export function readFuses(program: Buffer): string {
  const at = program.indexOf(sentinel);
  if (at < 0) throw new Error('The program has no fuses.');
  const length = program[at + sentinel.length + 1] ?? 0;
  const start = at + sentinel.length + 2;
  return program.subarray(start, start + length).toString('latin1');
}
