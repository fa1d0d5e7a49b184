import type { WritableDatabase } from './database/database.ts';
import { createDuplicateLinking } from './link-duplicates.ts';
import { writeLog, type LogAction } from './log.ts';
import { writeList } from './rows.ts';
import { createFileUpdate, createInsertion, createUpdate, type DescribedChange } from './sample-changes.ts';
import { createRowWriter } from './sample-rows.ts';
import type { NewSample, SampleFile } from './sample.ts';
import { readSamples, type SampleReader } from './samples.ts';
import { createResultSharing } from './share-results.ts';

export interface SampleWriter extends SampleReader {
  /**
   * All or none, in order of path; returns how many. A sample whose picture is known gets that picture's results. The
   * patient's name is hashed with the dataset's salt and not kept.
   * Throws `request/invalid` for a path the dataset has already, `dataset/unknown`.
   */
  insertAll(datasetId: number, samples: readonly NewSample[]): number;
  /**
   * Replaces what is known of samples, found by path; all or none. Results of a picture that is there no more are deleted.
   * Throws `sample/unknown`, `dataset/unknown`.
   */
  updateAll(datasetId: number, samples: readonly NewSample[]): number;
  /**
   * Replaces what is known of files, found by their sample's id, and leaves the rest; all or none. For files that are looked at
   * after their dataset was put in. Throws `sample/unknown`.
   */
  updateFiles(files: readonly SampleFile[]): number;
  /** With what people said of them, and their results. Returns how many there were. */
  deleteAll(ids: readonly number[]): number;
  /**
   * Points every sample of a dataset that shows the same picture as another at one of them: the one in the first of the
   * preferred collections, else the first by path. Returns how many are copies.
   */
  linkDuplicates(datasetId: number, preferredCollections?: readonly string[]): number;
}

export function writeSamples(database: WritableDatabase): SampleWriter {
  const deleteRows = database.write<[string]>('DELETE FROM samples WHERE id IN (SELECT value FROM json_each(?))');
  const shareResults = createResultSharing(database);
  const updateFile = createFileUpdate(database);
  const log = writeLog(database);
  const forAll =
    (change: DescribedChange, action: LogAction) =>
    (datasetId: number, samples: readonly NewSample[]): number =>
      database.transaction(() => {
        const toRow = createRowWriter(database, datasetId);
        const inOrder = samples.toSorted((left, right) => (left.path < right.path ? -1 : 1));
        shareResults(inOrder.flatMap((sample) => change(sample, toRow) ?? []));
        log.append({ action, subject: { dataset: datasetId, samples: samples.length } });
        return samples.length;
      });
  return {
    ...readSamples(database),
    insertAll: forAll(createInsertion(database), 'samples/added'),
    updateAll: forAll(createUpdate(database), 'samples/changed'),
    updateFiles: (files) =>
      database.transaction(() => {
        shareResults(files.flatMap((file) => updateFile(file) ?? []));
        return files.length;
      }),
    deleteAll: (ids) =>
      database.transaction(() => {
        const samples = deleteRows.run(writeList(ids));
        if (samples > 0) log.append({ action: 'samples/removed', subject: { samples } });
        return samples;
      }),
    linkDuplicates: createDuplicateLinking(database),
  };
}
