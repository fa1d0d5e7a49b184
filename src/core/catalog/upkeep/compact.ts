import { statSync, unlinkSync } from 'node:fs';
import type { WritableDatabase } from '../database/database.ts';
import { naming } from '../database/failures.ts';
import { listArrayFiles, type StoredFile } from '../stores/array-store.ts';
import { isAbandonedDraft } from '../stores/durable-file.ts';
import type { ThumbnailWriter } from '../stores/thumbnail-store.ts';
import path from 'node:path';
import { createReferenceTest } from './find-references.ts';

export interface CompactOptions {
  /** Arrays that no row names are kept this long: their row may be about to come. Default: one hour. */
  readonly orphanAgeMs?: number | undefined;
}

export interface CompactReport {
  readonly removedArrays: number;
  readonly removedDrafts: number;
  readonly removedThumbnails: number;
  /** Of the database, in bytes. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

const ONE_HOUR_MS = 3_600_000;
/** Files removed in one transaction: a fraction of a second in which others wait. */
const BATCH = 200;

/**
 * Removes what nothing needs any more, and what was deleted from the file's free pages as well.
 * Throws `catalog/busy` while another program writes, `catalog/full` where there is no room for the new copy.
 */
export function compactCatalog(
  database: WritableDatabase,
  thumbnails: ThumbnailWriter,
  { orphanAgeMs = ONE_HOUR_MS }: CompactOptions = {},
): CompactReport {
  const bytesBefore = measure(database);
  const files = listArrayFiles(database.file);
  const removedArrays = removeOrphans(database, files, Date.now() - orphanAgeMs);
  const removedDrafts = removeDrafts(files);
  const removedThumbnails = removeThumbnails(database, thumbnails);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.execute('VACUUM');
  database.pragma('wal_checkpoint(TRUNCATE)');
  return { removedArrays, removedDrafts, removedThumbnails, bytesBefore, bytesAfter: measure(database) };
}

/** Of all pages, those still in the log included. */
function measure(database: WritableDatabase): number {
  const number = (pragma: string): number => Number(database.pragma(pragma)[0]?.[pragma]);
  return number('page_count') * number('page_size');
}

/** Within transactions, so that nobody can insert a row for an array while it goes. */
function removeOrphans(database: WritableDatabase, files: readonly StoredFile[], youngest: number): number {
  const isReferenced = createReferenceTest(database);
  const isOld = ({ path: file }: StoredFile): boolean => {
    const status = statSync(file, { throwIfNoEntry: false });
    return status !== undefined && status.mtimeMs <= youngest;
  };
  const candidates = files.filter(({ sha256 }) => sha256 !== undefined && !isReferenced(sha256)).filter(isOld);
  let removed = 0;
  for (let start = 0; start < candidates.length; start += BATCH) {
    database.transaction(() => {
      for (const file of candidates.slice(start, start + BATCH)) {
        if (file.sha256 === undefined || isReferenced(file.sha256) || !isOld(file)) continue;
        naming(database.file, () => {
          unlinkSync(file.path);
        });
        removed += 1;
      }
    });
  }
  return removed;
}

function removeDrafts(files: readonly StoredFile[]): number {
  const drafts = files.filter(({ path: file }) => isAbandonedDraft(path.basename(file)));
  for (const { path: file } of drafts) unlinkSync(file);
  return drafts.length;
}

function removeThumbnails(database: WritableDatabase, thumbnails: ThumbnailWriter): number {
  const isShown = database.read<[string], { found: number }>('SELECT 1 AS found FROM samples WHERE content_sha256 = ?');
  return thumbnails.deleteUnless((content) => isShown.find(content) !== undefined);
}
