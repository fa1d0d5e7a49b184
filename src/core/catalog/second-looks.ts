import type { Opinion, Verdict } from '#shared/marks/verdict.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { createSampleNaming, writeLog } from './log.ts';
import { withoutNulls, type Stored } from './rows.ts';

/** What a reader says once they have seen what the model says. */
export interface NewSecondLook {
  readonly sampleId: number;
  readonly author: string;
  /** Of the model's answer. */
  readonly opinion?: Opinion | undefined;
  /** What the reader thinks of the sample now. */
  readonly verdict?: Verdict | undefined;
  /** Now, unless it was said elsewhere before. */
  readonly createdMs?: number | undefined;
}

export interface SecondLook extends NewSecondLook {
  readonly createdMs: number;
}

export interface SecondLookReader {
  /** All of a dataset, by sample and in the order in which they were said. */
  listOfDataset(datasetId: number): readonly SecondLook[];
  /** All of one sample, in the order in which they were said; the latest of an author holds. */
  list(sampleId: number): readonly SecondLook[];
}

/** Work of people: on the disk when a call returns. Nothing is ever changed or taken back. */
export interface SecondLookWriter extends SecondLookReader {
  insert(look: NewSecondLook): void;
}

export function readSecondLooks(database: ReadableDatabase): SecondLookReader {
  const columns = 'sample_id AS sampleId, author, opinion, verdict, created_ms AS createdMs';
  const read = (condition: string) =>
    database.read<[number], Stored<SecondLook>>(
      `SELECT ${columns} FROM second_looks WHERE ${condition} ORDER BY sample_id, id`,
    );
  const bySample = read('sample_id = ?');
  const byDataset = read('sample_id IN (SELECT id FROM samples WHERE dataset_id = ?)');
  return {
    list: (sampleId) => bySample.list(sampleId).map((row) => withoutNulls<SecondLook>(row)),
    listOfDataset: (datasetId) => byDataset.list(datasetId).map((row) => withoutNulls<SecondLook>(row)),
  };
}

export function writeSecondLooks(database: WritableDatabase): SecondLookWriter {
  const insertRow = database.write<[object]>(
    `INSERT INTO second_looks (sample_id, author, opinion, verdict, created_ms)
     VALUES (@sampleId, @author, @opinion, @verdict, @createdMs)`,
  );
  const [log, nameSample] = [writeLog(database), createSampleNaming(database)];
  return {
    ...readSecondLooks(database),
    insert: ({ sampleId, author, opinion, verdict, createdMs = Date.now() }) => {
      database.durably(() => {
        insertRow.run({ sampleId, author, opinion, verdict, createdMs });
        const subject = { ...nameSample(sampleId), author, opinion: opinion ?? null, verdict: verdict ?? null };
        log.append({ action: 'second-look/given', author, subject });
      });
    },
  };
}
