import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { LightboxError } from '#shared/errors.ts';
import { connect } from '../database/connect.ts';
import type { WritableDatabase } from '../database/database.ts';
import { nameFailure } from '../database/failures.ts';
import { arrayPath } from '../stores/array-store.ts';
import { draftOf, removeAbandonedDrafts, syncFile, syncFolder } from '../stores/durable-file.ts';
import { listReferencedArrays } from './find-references.ts';

export interface BackupReport {
  readonly file: string;
  readonly arrays: number;
  /** Of these, how many share their bytes on the disk with the catalog's own; an array is never changed in place. */
  readonly linkedArrays: number;
}

/** Files made at once. */
const BATCH = 64;

/**
 * Copies the catalog as it is at one moment, while it stays usable: the database, and the arrays its rows name, in
 * `FILE.arrays`. Thumbnails are not copied. The backup gets its name last, so a file of that name is a whole catalog.
 * Throws `request/invalid` when the file is there already, `catalog/full`, `catalog/not-writable`, `catalog/damaged`.
 */
export async function backUpCatalog(database: WritableDatabase, to: string): Promise<BackupReport> {
  const file = path.resolve(to);
  if (existsSync(file)) throw new LightboxError('request/invalid', `"${file}" exists already; choose another name.`);
  const draft = draftOf(file);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await removeAbandonedDrafts(path.dirname(file));
    await database.copyTo(draft);
    const arrays = readCopy(draft);
    const linkedArrays = await copyArrays(arrays, database.file, file);
    await syncFile(draft);
    await rename(draft, file);
    await syncFolder(path.dirname(file));
    return { file, arrays: arrays.length, linkedArrays };
  } catch (cause) {
    for (const part of ['', '-journal', '-wal', '-shm'])
      await rm(`${draft}${part}`, { force: true }).catch(() => undefined);
    throw nameFailure(file, cause);
  }
}

/** Sees that the copy is sound, and says which arrays it needs. Without a log, it can be read from a read-only disk. */
function readCopy(draft: string): readonly string[] {
  const copy = connect(draft);
  try {
    copy.pragma('journal_mode = DELETE');
    const [answer] = copy.pragma('integrity_check');
    if (answer?.['integrity_check'] === 'ok') return [...listReferencedArrays(copy)];
    throw new LightboxError(
      'catalog/damaged',
      'The catalog is damaged and was not backed up; restore an earlier backup.',
    );
  } finally {
    copy.close();
  }
}

/** Returns how many could be linked. */
async function copyArrays(hashes: readonly string[], catalog: string, backup: string): Promise<number> {
  const folders = new Set(hashes.map((sha256) => path.dirname(arrayPath(backup, sha256))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  let linked = 0;
  for (let start = 0; start < hashes.length; start += BATCH) {
    const batch = hashes.slice(start, start + BATCH);
    const results = await Promise.all(
      batch.map((sha256) => placeArray(arrayPath(catalog, sha256), arrayPath(backup, sha256))),
    );
    linked += results.filter((result) => result === 'linked').length;
  }
  for (const folder of folders) await syncFolder(folder);
  return linked;
}

async function placeArray(from: string, to: string): Promise<'linked' | 'copied'> {
  try {
    await link(from, to);
    return 'linked';
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT')
      throw new LightboxError('catalog/damaged', `The array "${from}" is missing; check the catalog.`, { cause });
    // Left by a backup that was broken off; its content is its name.
    if (code === 'EEXIST') await rm(to);
  }
  const draft = draftOf(to);
  await copyFile(from, draft);
  await syncFile(draft);
  await rename(draft, to);
  return 'copied';
}
