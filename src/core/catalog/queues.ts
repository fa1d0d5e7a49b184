import { LightboxError } from '#shared/errors.ts';
import { writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { readJson, writeList } from './rows.ts';

export interface NewQueue {
  readonly dataset: number;
  readonly name: string;
  /** How its samples were drawn. */
  readonly settings: object;
  /** In the order in which they are to be read. */
  readonly samples: readonly number[];
}

/** Samples to be read in a fixed order. */
export interface Queue extends Omit<NewQueue, 'samples' | 'settings'> {
  readonly id: number;
  readonly settings: unknown;
  /** Samples in it that are still there. */
  readonly count: number;
  readonly createdMs: number;
}

export interface QueueReader {
  /** Of a dataset, in the order in which they were made. */
  list(dataset: number): readonly Queue[];
}

/** Work of people: on the disk when a call returns. */
export interface QueueWriter extends QueueReader {
  /** Returns its id. Throws `request/invalid` where the dataset has one of that name. */
  insert(queue: NewQueue): number;
  /** What was said of its samples stays. */
  delete(id: number): void;
}

type QueueRow = Omit<Queue, 'settings'> & { readonly settings: string };

export function readQueues(database: ReadableDatabase): QueueReader {
  const byDataset = database.read<[number], QueueRow>(
    `SELECT id, dataset_id AS dataset, name, settings, created_ms AS createdMs,
       (SELECT count(*) FROM queue_samples WHERE queue_id = queues.id) AS count
     FROM queues WHERE dataset_id = ? ORDER BY id`,
  );
  return { list: (dataset) => byDataset.list(dataset).map((row) => ({ ...row, settings: readJson(row.settings) })) };
}

export function writeQueues(database: WritableDatabase): QueueWriter {
  const reader = readQueues(database);
  const insertRow = database.write<[object]>(
    'INSERT INTO queues (dataset_id, name, settings, created_ms) VALUES (@dataset, @name, @settings, @nowMs)',
  );
  const insertPlaces = database.write<[number, string]>(
    'INSERT INTO queue_samples (queue_id, sample_id, place) SELECT ?, value, key FROM json_each(?)',
  );
  const deleteRow = database.write<[number]>('DELETE FROM queues WHERE id = ?');
  return {
    ...reader,
    insert: ({ dataset, name, settings, samples }) =>
      database.durably(() => {
        if (reader.list(dataset).some((queue) => queue.name === name)) {
          const sentence = `There is a queue "${name}" of this dataset already; choose another name, or remove that one.`;
          throw new LightboxError('request/invalid', sentence);
        }
        const row = { dataset, name, settings: writeCanonicalJson(settings), nowMs: Date.now() };
        const id = insertRow.insert(row);
        insertPlaces.run(id, writeList(samples));
        return id;
      }),
    delete: (id) => void database.durably(() => deleteRow.run(id)),
  };
}
