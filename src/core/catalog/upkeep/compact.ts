import { unlinkSync } from 'node:fs';
import path from 'node:path';
import type { WritableDatabase } from '../database/database.ts';
import { listArrayFiles, type StoredFile } from '../stores/array-store.ts';
import { isAbandonedDraft } from '../stores/durable-file.ts';
import { removeShuffledModels } from '../stores/shuffled-models.ts';
import type { ThumbnailWriter } from '../stores/thumbnail-store.ts';
import { ORPHAN_AGE_MS, removeOrphans } from './remove-orphans.ts';

export interface CompactOptions {
  /** Arrays that no row names are kept this long: their row may be about to come. Default: one hour. */
  readonly orphanAgeMs?: number | undefined;
}

export interface CompactReport {
  readonly removedArrays: number;
  readonly removedDrafts: number;
  readonly removedThumbnails: number;
  readonly removedShuffledModels: number;
  /** Of the database, in bytes. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/**
 * Removes what nothing needs any more, and what was deleted from the file's free pages as well.
 * Throws `catalog/busy` while another program writes, `catalog/full` where there is no room for the new copy.
 */
export function compactCatalog(
  database: WritableDatabase,
  thumbnails: ThumbnailWriter,
  { orphanAgeMs = ORPHAN_AGE_MS }: CompactOptions = {},
): CompactReport {
  const bytesBefore = measure(database);
  const files = listArrayFiles(database.file);
  const removedArrays = removeOrphans(database, files, orphanAgeMs);
  const removedDrafts = removeDrafts(files);
  const removedThumbnails = removeThumbnails(database, thumbnails);
  const removedShuffledModels = removeShuffled(database);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.execute('VACUUM');
  database.pragma('wal_checkpoint(TRUNCATE)');
  const removed = { removedArrays, removedDrafts, removedThumbnails, removedShuffledModels };
  return { ...removed, bytesBefore, bytesAfter: measure(database) };
}

/** Of all pages, those still in the log included. */
function measure(database: WritableDatabase): number {
  const number = (pragma: string): number => Number(database.pragma(pragma)[0]?.[pragma]);
  return number('page_count') * number('page_size');
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

function removeShuffled(database: WritableDatabase): number {
  const isKnown = database.read<[string], { found: number }>('SELECT 1 AS found FROM models WHERE sha256 = ?');
  return removeShuffledModels(database.file, (model) => isKnown.find(model) !== undefined);
}
