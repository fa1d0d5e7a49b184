import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { readNpy, writeNpy, type NpyArray } from '#shared/npy.ts';
import { saveFile } from './save-file.ts';

/** @throws LightboxError `output/not-writable` or `request/invalid`. */
export async function saveNpy(path: string, array: NpyArray): Promise<void> {
  await saveFile(path, writeNpy(array));
}

/** @throws LightboxError `request/invalid` when the file is missing or not an array of a known type in C order. */
export async function loadNpy(path: string): Promise<NpyArray> {
  try {
    return readNpy(await readFile(path), basename(path));
  } catch (cause) {
    if (cause instanceof LightboxError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new LightboxError('request/invalid', `${path} cannot be read (${code ?? message}).`, { cause });
  }
}
