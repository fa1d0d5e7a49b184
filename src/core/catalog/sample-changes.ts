import { LightboxError } from '#shared/errors.ts';
import type { WritableDatabase } from './database/database.ts';
import { createMaskInsertion } from './masks.ts';
import { roundTime, type RowWriter } from './sample-rows.ts';
import { unknownSample, type NewSample, type SampleFile } from './sample.ts';
import { readSamples } from './samples.ts';
import { createResultRemoval } from './share-results.ts';

/** Changes one sample within a transaction. Returns its id where its picture is new to it. */
export type DescribedChange = (sample: NewSample, toRow: RowWriter) => number | undefined;

/** Puts a sample in. Throws `request/invalid`, naming it. */
export function createInsertion(database: WritableDatabase): DescribedChange {
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

/** Replaces what the dataset says of a sample, and its file. Throws `sample/unknown`, `request/invalid`. */
export function createUpdate(database: WritableDatabase): DescribedChange {
  const reader = readSamples(database);
  const updateRow = database.write<[object]>(
    'UPDATE samples SET group_id = @groupId, patient_hash = @patientHash, metadata = @metadata WHERE id = @id',
  );
  const deleteMasks = database.write<[number]>('DELETE FROM masks WHERE sample_id = ?');
  const insertMasks = createMaskInsertion(database);
  const updateFile = createFileUpdate(database);
  return (sample, toRow) => {
    const row = toRow(sample);
    const { id } = reader.find(row.datasetId, sample.path) ?? unknownSample(`sample "${sample.path}"`);
    naming(sample, () => updateRow.run({ ...row, id }));
    deleteMasks.run(id);
    insertMasks(id, sample.masks);
    return naming(sample, () => updateFile({ ...sample, id }));
  };
}

/** Replaces what is known of a sample's file; results of another picture go. Throws `sample/unknown`, `request/invalid`. */
export function createFileUpdate(database: WritableDatabase): (file: SampleFile) => number | undefined {
  const findContent = database.read<[number], { content: string | null }>(
    'SELECT content_sha256 AS content FROM samples WHERE id = ?',
  );
  const updateRow = database.write<[object]>(
    `UPDATE samples SET content_sha256 = @contentSha256, bytes = @bytes, mtime_ms = @mtimeMs, width = @width,
       height = @height, unreadable = @unreadable WHERE id = @id`,
  );
  const unlink = database.write<[number, number]>(
    'UPDATE samples SET primary_id = NULL WHERE id = ? OR primary_id = ?',
  );
  const removeResults = createResultRemoval(database);
  return ({ id, contentSha256, bytes, mtimeMs, width, height, unreadable }) => {
    const { content } = findContent.find(id) ?? unknownSample(`sample ${id}`);
    updateRow.run({ id, contentSha256, bytes, mtimeMs: roundTime(mtimeMs), width, height, unreadable });
    if (content === (contentSha256 ?? null)) return undefined;
    unlink.run(id, id);
    removeResults(id);
    return id;
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
