import { LightboxError } from '#shared/errors.ts';
import type { WritableDatabase } from './database/database.ts';
import { createDuplicateLinking } from './link-duplicates.ts';
import { createMaskInsertion } from './masks.ts';
import { writeList } from './rows.ts';
import { createRowWriter, type RowWriter } from './sample-rows.ts';
import { unknownSample, type NewSample } from './sample.ts';
import { readSamples, type SampleReader } from './samples.ts';
import { createResultRemoval, createResultSharing } from './share-results.ts';

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
  /** With what people said of them, and their results. Returns how many there were. */
  deleteAll(ids: readonly number[]): number;
  /**
   * Points every sample of a dataset that shows the same picture as another at one of them: the one in the first of the
   * preferred collections, else the first by path. Returns how many are copies.
   */
  linkDuplicates(datasetId: number, preferredCollections?: readonly string[]): number;
}

export function writeSamples(database: WritableDatabase): SampleWriter {
  const reader = readSamples(database);
  const deleteRows = database.write<[string]>('DELETE FROM samples WHERE id IN (SELECT value FROM json_each(?))');
  const shareResults = createResultSharing(database);
  const forAll =
    (change: SampleChange): SampleWriter['insertAll'] =>
    (datasetId, samples) =>
      database.transaction(() => {
        const toRow = createRowWriter(database, datasetId);
        const inOrder = samples.toSorted((left, right) => (left.path < right.path ? -1 : 1));
        shareResults(inOrder.flatMap((sample) => change(sample, toRow) ?? []));
        return samples.length;
      });
  return {
    ...reader,
    insertAll: forAll(createInsertion(database)),
    updateAll: forAll(createUpdate(database, reader)),
    deleteAll: (ids) => database.transaction(() => deleteRows.run(writeList(ids))),
    linkDuplicates: createDuplicateLinking(database),
  };
}

/** Returns the sample's id where its picture is new. */
type SampleChange = (sample: NewSample, toRow: RowWriter) => number | undefined;

function createInsertion(database: WritableDatabase): SampleChange {
  const insertRow = database.write<[object]>(
    `INSERT INTO samples (dataset_id, group_id, path, content_sha256, bytes, mtime_ms, width, height, patient_hash,
       metadata, unreadable)
     VALUES (@datasetId, @groupId, @path, @contentSha256, @bytes, @mtimeMs, @width, @height, @patientHash,
       @metadata, @unreadable)`,
  );
  const insertMasks = createMaskInsertion(database);
  return (sample, toRow) => {
    const id = naming(sample, () => insertRow.insert(toRow(sample)));
    insertMasks(id, sample.masks);
    return id;
  };
}

function createUpdate(database: WritableDatabase, reader: SampleReader): SampleChange {
  const updateRow = database.write<[object]>(
    `UPDATE samples SET group_id = @groupId, content_sha256 = @contentSha256, bytes = @bytes, mtime_ms = @mtimeMs,
       width = @width, height = @height, patient_hash = @patientHash, metadata = @metadata, unreadable = @unreadable
     WHERE id = @id`,
  );
  const unlink = database.write<[number, number]>(
    'UPDATE samples SET primary_id = NULL WHERE id = ? OR primary_id = ?',
  );
  const deleteMasks = database.write<[number]>('DELETE FROM masks WHERE sample_id = ?');
  const insertMasks = createMaskInsertion(database);
  const removeResults = createResultRemoval(database);
  return (sample, toRow) => {
    const row = toRow(sample);
    const known = reader.find(row.datasetId, sample.path) ?? unknownSample(`sample "${sample.path}"`);
    naming(sample, () => updateRow.run({ ...row, id: known.id }));
    deleteMasks.run(known.id);
    insertMasks(known.id, sample.masks);
    if (sample.contentSha256 === known.contentSha256) return undefined;
    unlink.run(known.id, known.id);
    removeResults(known.id);
    return known.id;
  };
}

/** Says which sample is refused. */
function naming<Result>({ path }: NewSample, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const error = LightboxError.from(cause);
    if (error.code !== 'request/invalid') throw error;
    const reason = error.message.includes('samples.path') ? 'the dataset has it already' : error.message;
    throw new LightboxError('request/invalid', `The sample "${path}" is not accepted: ${reason}`, { cause });
  }
}
