import { LightboxError } from '#shared/errors.ts';
import type { Verdict } from '#shared/marks/verdict.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { createSampleNaming, writeLog } from './log.ts';
import { withoutNulls, type Stored } from './rows.ts';

/** What a reader thinks of a sample. */
export interface NewReview {
  readonly sampleId: number;
  readonly author: string;
  /** Undefined while there is only a note. */
  readonly verdict?: Verdict | undefined;
  readonly note: string;
}

export interface Review extends NewReview {
  readonly updatedMs: number;
}

export interface ReviewReader {
  /** Of one sample, by author. */
  list(sampleId: number): readonly Review[];
  find(sampleId: number, author: string): Review | undefined;
  /** All of a dataset, by path and author. */
  listOfDataset(datasetId: number): readonly Review[];
  /** Samples of a dataset by the verdict of any of their readers. */
  count(datasetId: number): Readonly<Partial<Record<Verdict, number>>>;
}

/** Work of people: on the disk when a call returns. */
export interface ReviewWriter extends ReviewReader {
  /** In place of what the author said before. Throws `request/invalid` for a sample that is not there. */
  put(review: NewReview): Review;
  /** Whether there was one. */
  delete(sampleId: number, author: string): boolean;
}

type ReviewRow = Stored<Review>;

const columns = 'sample_id AS sampleId, author, verdict, note, updated_ms AS updatedMs';

export function readReviews(database: ReadableDatabase): ReviewReader {
  const bySample = database.read<[number], ReviewRow>(
    `SELECT ${columns} FROM reviews WHERE sample_id = ? ORDER BY author`,
  );
  const byDataset = database.read<[number], ReviewRow>(
    `SELECT ${columns} FROM reviews r JOIN samples s ON s.id = r.sample_id WHERE s.dataset_id = ? ORDER BY s.path, author`,
  );
  const one = database.read<[number, string], ReviewRow>(
    `SELECT ${columns} FROM reviews WHERE sample_id = ? AND author = ?`,
  );
  const counts = database.read<[number], { verdict: Verdict; count: number }>(
    `SELECT r.verdict, count(DISTINCT r.sample_id) AS count FROM reviews r JOIN samples s ON s.id = r.sample_id
     WHERE s.dataset_id = ? AND r.verdict IS NOT NULL GROUP BY r.verdict`,
  );
  return {
    list: (sampleId) => bySample.list(sampleId).map((row) => withoutNulls<Review>(row)),
    find: (sampleId, author) => {
      const row = one.find(sampleId, author);
      return row && withoutNulls<Review>(row);
    },
    listOfDataset: (datasetId) => byDataset.list(datasetId).map((row) => withoutNulls<Review>(row)),
    count: (datasetId) => Object.fromEntries(counts.list(datasetId).map(({ verdict, count }) => [verdict, count])),
  };
}

export function writeReviews(database: WritableDatabase): ReviewWriter {
  const reader = readReviews(database);
  const putRow = database.write<[object]>(
    `INSERT INTO reviews (sample_id, author, verdict, note, updated_ms) VALUES (@sampleId, @author, @verdict, @note, @updatedMs)
     ON CONFLICT DO UPDATE SET verdict = excluded.verdict, note = excluded.note, updated_ms = excluded.updated_ms`,
  );
  const deleteRow = database.write<[number, string]>('DELETE FROM reviews WHERE sample_id = ? AND author = ?');
  const [log, nameSample] = [writeLog(database), createSampleNaming(database)];
  return {
    ...reader,
    put: ({ sampleId, author, verdict, note }) =>
      database.durably(() => {
        putRow.run({ sampleId, author, verdict, note, updatedMs: Date.now() });
        const subject = { ...nameSample(sampleId), author, verdict: verdict ?? null };
        log.append({ action: 'verdict/given', author, subject });
        return reader.find(sampleId, author) ?? lostReview();
      }),
    delete: (sampleId, author) =>
      database.durably(() => {
        const isGone = deleteRow.run(sampleId, author) > 0;
        const subject = { ...nameSample(sampleId), author };
        if (isGone) log.append({ action: 'verdict/withdrawn', author, subject });
        return isGone;
      }),
  };
}

function lostReview(): never {
  throw new LightboxError('catalog/damaged', 'A review that was just written cannot be read; check the catalog.');
}
