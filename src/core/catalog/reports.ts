import { writeCanonicalJson } from './canonical-json.ts';
import type { ReadableDatabase, WritableDatabase } from './database/database.ts';
import { writeLog } from './log.ts';
import { readJson } from './rows.ts';

/** A document that was made, so that it can be found and made again. */
export interface NewReport {
  readonly kind: string;
  readonly title: string;
  /** All it was made from. */
  readonly settings: object;
  /** Where it was saved. */
  readonly path: string;
  /** Of the document. */
  readonly sha256: string;
  /** Of this program. */
  readonly version: string;
}

export interface Report extends Omit<NewReport, 'settings'> {
  readonly id: number;
  readonly settings: unknown;
  readonly createdMs: number;
}

export interface ReportReader {
  /** The latest first. */
  list(): readonly Report[];
}

export interface ReportWriter extends ReportReader {
  /** Returns its id. */
  insert(report: NewReport): number;
  /** Forgets it; the document stays where it is. Returns whether it was known. */
  delete(id: number): boolean;
}

type ReportRow = Omit<Report, 'settings'> & { readonly settings: string };

export function readReports(database: ReadableDatabase): ReportReader {
  const all = database.read<[], ReportRow>(
    'SELECT id, kind, title, settings, path, sha256, version, created_ms AS createdMs FROM reports ORDER BY id DESC',
  );
  return { list: () => all.list().map((row) => ({ ...row, settings: readJson(row.settings) })) };
}

export function writeReports(database: WritableDatabase): ReportWriter {
  const insertRow = database.write<[object]>(
    `INSERT INTO reports (kind, title, settings, path, sha256, version, created_ms)
     VALUES (@kind, @title, @settings, @path, @sha256, @version, @createdMs)`,
  );
  const deleteRow = database.write<[number]>('DELETE FROM reports WHERE id = ?');
  const log = writeLog(database);
  return {
    ...readReports(database),
    insert: (report) =>
      database.durably(() => {
        const { kind, sha256 } = report;
        const row = { ...report, settings: writeCanonicalJson(report.settings), createdMs: Date.now() };
        const id = insertRow.insert(row);
        log.append({ action: 'report/saved', subject: { report: id, kind, sha256 } });
        return id;
      }),
    delete: (id) =>
      database.durably(() => {
        const isGone = deleteRow.run(id) > 0;
        if (isGone) log.append({ action: 'report/forgotten', subject: { report: id } });
        return isGone;
      }),
  };
}
