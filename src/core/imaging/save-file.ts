import { randomBytes } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LightboxError } from '#shared/errors.ts';

/**
 * Save bytes so that the file is either whole or not there: written beside its place, then renamed into it.
 * @throws LightboxError `output/not-writable`.
 */
export async function saveFile(path: string, bytes: Uint8Array): Promise<void> {
  const draft = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`);
  try {
    await writeDurably(draft, bytes);
    await rename(draft, path);
  } catch (cause) {
    await unlink(draft).catch(() => undefined);
    throw notWritable(path, cause);
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is not a folder',
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'a folder of that name is in the way',
  ENAMETOOLONG: 'the file name is too long',
};

function notWritable(path: string, cause: unknown): LightboxError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const reason = reasons[code] ?? message;
  return new LightboxError('output/not-writable', `${path} cannot be written: ${reason}; choose another place.`, {
    cause,
  });
}
