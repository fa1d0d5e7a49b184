import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { writeLog } from './log.ts';

/** A test that somebody takes for established, and what they say of it. */
export interface NewFinding {
  /** The evidence. */
  readonly audit: number;
  readonly author: string;
  readonly comment: string;
}

export interface FindingRecord extends NewFinding {
  readonly createdMs: number;
  readonly updatedMs: number;
}

export interface FindingReader {
  /** Of one dataset; the latest first. */
  list(dataset: number): readonly FindingRecord[];
}

/** Work of people: on the disk when a call returns. */
export interface FindingWriter extends FindingReader {
  /** In place of what was said of this test before. Throws `request/invalid` for a test that is not there. */
  put(finding: NewFinding): void;
  /** Whether there was one; its evidence stays. */
  delete(audit: number): boolean;
}

export function readFindings(database: ReadableDatabase): FindingReader {
  const byDataset = database.read<[number], FindingRecord>(
    `SELECT f.audit_id AS audit, f.author, f.comment, f.created_ms AS createdMs, f.updated_ms AS updatedMs
     FROM findings f JOIN audits u ON u.id = f.audit_id WHERE u.dataset_id = ? ORDER BY f.created_ms DESC, f.audit_id DESC`,
  );
  return { list: (dataset) => byDataset.list(dataset) };
}

export function writeFindings(database: WritableDatabase): FindingWriter {
  const putRow = database.write<[object]>(
    `INSERT INTO findings (audit_id, author, comment, created_ms, updated_ms) VALUES (@audit, @author, @comment, @nowMs, @nowMs)
     ON CONFLICT DO UPDATE SET author = excluded.author, comment = excluded.comment, updated_ms = excluded.updated_ms`,
  );
  const deleteRow = database.write<[number]>('DELETE FROM findings WHERE audit_id = ?');
  const log = writeLog(database);
  return {
    ...readFindings(database),
    put: (finding) => {
      database.durably(() => {
        putRow.run({ ...finding, nowMs: Date.now() });
        const { audit, author } = finding;
        log.append({ action: 'finding/accepted', author, subject: { audit, author } });
      });
    },
    delete: (audit) =>
      database.durably(() => {
        const isGone = deleteRow.run(audit) > 0;
        if (isGone) log.append({ action: 'finding/withdrawn', subject: { audit } });
        return isGone;
      }),
  };
}
