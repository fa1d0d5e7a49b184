import { LightboxError } from '#shared/errors.ts';
import type { WritableDatabase } from '../database/database.ts';
import { createContentCounter, jobsOfDataset, type DatasetContents } from '../dataset-contents.ts';
import { writeDatasets } from '../datasets.ts';
import { arrayPath } from '../stores/array-store.ts';
import type { ThumbnailWriter } from '../stores/thumbnail-store.ts';
import { writeJobs } from '../write-jobs.ts';
import { ORPHAN_AGE_MS, removeOrphans } from './remove-orphans.ts';

export interface DeletionReport extends DatasetContents {
  readonly removedArrays: number;
  readonly removedThumbnails: number;
}

/** What a dataset names outside of the database. */
interface Belongings {
  readonly arrays: readonly string[];
  /** Hashes of its pictures. */
  readonly contents: readonly string[];
}

/**
 * Removes a dataset with all that `countContents` counts, in one transaction that is on the disk before any file goes; then the
 * arrays and thumbnails that nothing else in the catalog names. What is left when that is broken off, `compact` removes.
 * Throws `dataset/unknown`; `catalog/busy` while a job works on it.
 */
export function deleteDataset(database: WritableDatabase, thumbnails: ThumbnailWriter, id: number): DeletionReport {
  const jobs = writeJobs(database);
  const deleteJobs = database.write<[object]>(`DELETE FROM jobs WHERE ${jobsOfDataset}`);
  jobs.interruptAbandoned();
  const { counted, belongings, isQuiet } = database.durably(() => {
    const datasets = writeDatasets(database);
    const { name } = datasets.get(id);
    refuseRunning(database, { id, name });
    const found = { counted: createContentCounter(database)(id), belongings: listBelongings(database, id) };
    deleteJobs.run({ id });
    datasets.delete(id);
    return { ...found, isQuiet: jobs.list('running').length === 0 };
  });
  const files = belongings.arrays.map((sha256) => ({ path: arrayPath(database.file, sha256), sha256 }));
  // A job on another dataset may have saved the same array a moment ago, and be about to name it.
  const removedArrays = removeOrphans(database, files, isQuiet ? 0 : ORPHAN_AGE_MS);
  const isShown = database.read<[string], object>('SELECT 1 FROM samples WHERE content_sha256 = ? LIMIT 1');
  const unseen = belongings.contents.filter((content) => isShown.find(content) === undefined);
  return { ...counted, removedArrays, removedThumbnails: thumbnails.deleteAll(unseen) };
}

function refuseRunning(database: WritableDatabase, dataset: { readonly id: number; readonly name: string }): void {
  const running = database.read<[{ id: number }], { id: number }>(
    `SELECT id FROM jobs WHERE state = 'running' AND ${jobsOfDataset}`,
  );
  const job = running.find({ id: dataset.id });
  if (!job) return;
  const sentence = `A job works on the dataset "${dataset.name}"; wait for it, or cancel job ${job.id}.`;
  throw new LightboxError('catalog/busy', sentence);
}

function listBelongings(database: WritableDatabase, id: number): Belongings {
  const arrays = database.read<[number], { sha256: string }>(
    `SELECT DISTINCT r.array_sha256 AS sha256 FROM samples s
     JOIN (SELECT sample_id, array_sha256 FROM attributions UNION ALL SELECT sample_id, array_sha256 FROM variants) r
       ON r.sample_id = s.id
     WHERE s.dataset_id = ? AND r.array_sha256 IS NOT NULL`,
  );
  const contents = database.read<[number], { sha256: string }>(
    `SELECT DISTINCT content_sha256 AS sha256 FROM samples WHERE dataset_id = ? AND content_sha256 IS NOT NULL`,
  );
  const hashes = (rows: readonly { sha256: string }[]): readonly string[] => rows.map(({ sha256 }) => sha256);
  return { arrays: hashes(arrays.list(id)), contents: hashes(contents.list(id)) };
}
