import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { writeLog, type LogAction } from './log.ts';
import { writeList } from './rows.ts';

export interface TagCount {
  readonly tag: string;
  readonly count: number;
}

export interface TagReader {
  /** In alphabetical order. */
  list(sampleId: number): readonly string[];
  /** The tags of a dataset, and how many samples carry each. */
  count(datasetId: number): readonly TagCount[];
}

/** Work of people: on the disk when a call returns. */
export interface TagWriter extends TagReader {
  /** Returns how many samples did not carry it yet. Throws `request/invalid` for a sample that is not there. */
  insert(tag: string, sampleIds: readonly number[]): number;
  /** Returns how many samples carried it. */
  delete(tag: string, sampleIds: readonly number[]): number;
}

export function readTags(database: ReadableDatabase): TagReader {
  const bySample = database.read<[number], { tag: string }>('SELECT tag FROM tags WHERE sample_id = ? ORDER BY tag');
  const counts = database.read<[number], TagCount>(
    `SELECT t.tag, count(*) AS count FROM tags t JOIN samples s ON s.id = t.sample_id
     WHERE s.dataset_id = ? GROUP BY t.tag ORDER BY t.tag`,
  );
  return {
    list: (sampleId) => bySample.list(sampleId).map(({ tag }) => tag),
    count: (datasetId) => counts.list(datasetId),
  };
}

export function writeTags(database: WritableDatabase): TagWriter {
  const insertRows = database.write<[string, string]>(
    'INSERT INTO tags (sample_id, tag) SELECT value, ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
  );
  const deleteRows = database.write<[string, string]>(
    'DELETE FROM tags WHERE tag = ? AND sample_id IN (SELECT value FROM json_each(?))',
  );
  const log = writeLog(database);
  // A tag is free text and may say anything, so it is not repeated.
  const telling = (action: LogAction, change: () => number): number =>
    database.durably(() => {
      const samples = change();
      if (samples > 0) log.append({ action, subject: { samples } });
      return samples;
    });
  return {
    ...readTags(database),
    insert: (tag, sampleIds) => telling('tag/given', () => insertRows.run(tag, writeList(sampleIds))),
    delete: (tag, sampleIds) => telling('tag/taken', () => deleteRows.run(tag, writeList(sampleIds))),
  };
}
