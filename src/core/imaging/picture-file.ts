import { open, readFile, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';

/**
 * Load a picture's file.
 * @throws LightboxError `picture/not-found`, `picture/unreadable` (folder, no permission) or `picture/unsupported` (too large).
 */
export async function loadPictureFile(path: string): Promise<Buffer> {
  return nameFailures(path, async () => {
    await checkFile(path);
    return readFile(path);
  });
}

/** Open a picture's file to read parts of it, and close it again. Throws as {@link loadPictureFile} does. */
export async function readPictureFile<T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T> {
  return nameFailures(path, async () => {
    await checkFile(path);
    const file = await open(path);
    try {
      return await read(file);
    } finally {
      await file.close();
    }
  });
}

async function checkFile(path: string): Promise<void> {
  const name = basename(path);
  const status = await stat(path);
  if (!status.isFile()) {
    const what = status.isDirectory() ? 'a folder; name a picture inside it' : 'not a regular file';
    throw new LightboxError('picture/unreadable', `${name} is ${what}.`);
  }
  if (status.size > limits.picture.fileBytes) {
    throw new LightboxError('picture/unsupported', `${name} is larger than 1.5 GB; export a smaller picture.`);
  }
}

async function nameFailures<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof LightboxError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new LightboxError('picture/not-found', `There is no picture at ${path}; check the path.`, { cause });
    }
    throw new LightboxError('picture/unreadable', `${basename(path)} cannot be read (${code ?? message}).`, { cause });
  }
}
