import { LightboxError } from '#shared/errors.ts';
import type { Verdict } from '#shared/marks/verdict.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { createSampleNaming, writeLog } from './log.ts';
import { withoutNulls, writeList, type Stored } from './rows.ts';

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
  /** From when on it stands as it is; undefined while it can be changed. */
  readonly lockedMs?: number | undefined;
}

export interface ReviewReader {
  /** Of one sample, by author. */
  list(sampleId: number): readonly Review[];
  find(sampleId: number, author: string): Review | undefined;
  /** All of a dataset, by path and author. */
  listOfDataset(datasetId: number): readonly Review[];
  /** Which of some samples an author has locked an answer on. */
  listLocked(sampleIds: readonly number[], author: string): readonly number[];
  /** Samples of a dataset by the verdict of any of their readers. */
  count(datasetId: number): Readonly<Partial<Record<Verdict, number>>>;
}

/** Work of people: on the disk when a call returns. */
export interface ReviewWriter extends ReviewReader {
  /** In place of what the author said before. Throws `request/invalid` for a sample that is not there, and for a locked answer. */
  put(review: NewReview): Review;
  /** Whether there was one. Throws `request/invalid` for a locked answer. */
  delete(sampleId: number, author: string): boolean;
  /** The answer stands from now on. Throws `request/invalid` where there is no verdict; a locked one stays as it is. */
  lock(sampleId: number, author: string, lockedMs?: number): void;
}

type ReviewRow = Stored<Review>;

const columns = 'sample_id AS sampleId, author, verdict, note, updated_ms AS updatedMs, locked_ms AS lockedMs';

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
  const locked = database.read<[string, string], { id: number }>(
    `SELECT sample_id AS id FROM reviews WHERE sample_id IN (SELECT value FROM json_each(?)) AND author = ? AND locked_ms IS NOT NULL`,
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
    listLocked: (sampleIds, author) => locked.list(writeList(sampleIds), author).map(({ id }) => id),
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
  const lockRow = database.write<[number, number, string]>(
    `UPDATE reviews SET locked_ms = ifnull(locked_ms, ?) WHERE sample_id = ? AND author = ? AND verdict IS NOT NULL`,
  );
  const refuseLocked = (sampleId: number, author: string): void => {
    if (reader.find(sampleId, author)?.lockedMs === undefined) return;
    const sentence = `${author} has locked the answer on this picture; what is thought now is told as a second look.`;
    throw new LightboxError('request/invalid', sentence);
  };
  return {
    ...reader,
    put: ({ sampleId, author, verdict, note }) =>
      database.durably(() => {
        refuseLocked(sampleId, author);
        putRow.run({ sampleId, author, verdict, note, updatedMs: Date.now() });
        const subject = { ...nameSample(sampleId), author, verdict: verdict ?? null };
        log.append({ action: 'verdict/given', author, subject });
        return reader.find(sampleId, author) ?? lostReview();
      }),
    delete: (sampleId, author) =>
      database.durably(() => {
        refuseLocked(sampleId, author);
        const isGone = deleteRow.run(sampleId, author) > 0;
        const subject = { ...nameSample(sampleId), author };
        if (isGone) log.append({ action: 'verdict/withdrawn', author, subject });
        return isGone;
      }),
    lock: (sampleId, author, lockedMs = Date.now()) => {
      const isLocked = database.durably(() => {
        const found = lockRow.run(lockedMs, sampleId, author) > 0;
        if (found) log.append({ action: 'verdict/locked', author, subject: { ...nameSample(sampleId), author } });
        return found;
      });
      if (isLocked) return;
      throw new LightboxError('request/invalid', 'There is no verdict to lock yet; give one first.');
    },
  };
}

function lostReview(): never {
  throw new LightboxError('catalog/damaged', 'A review that was just written cannot be read; check the catalog.');
}
