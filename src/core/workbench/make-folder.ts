import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';

/**
 * Makes a folder and those above it that are missing. Throws `output/not-writable`.
 * Node's own `recursive` never ends where the system denies that a folder exists and refuses to make it (/proc).
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeWithParents(path.resolve(folder));
  } catch (cause) {
    const sentence = `The folder "${folder}" cannot be made or written to; choose another one.`;
    throw new LightboxError('output/not-writable', sentence, { cause });
  }
}

async function makeWithParents(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  if (path.dirname(folder) !== folder) await makeWithParents(path.dirname(folder));
  try {
    await mkdir(folder);
  } catch (cause) {
    // Somebody else may have made it in the meantime.
    if (!(await isFolder(folder))) throw cause;
  }
}

async function isFolder(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
}
