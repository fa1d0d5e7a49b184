import type { ReadableDatabase } from '../database/database.ts';
import { LightboxError } from '#shared/errors.ts';
import { readJobs } from '../jobs.ts';
import { readLog } from '../log.ts';
import { listArrayFiles, readArrays } from '../stores/array-store.ts';
import { listReferencedArrays } from './find-references.ts';
import { findSchemaDifferences } from './schema-differences.ts';

/** `damage`: something is lost or wrong. `remark`: nothing is, but there is something to clear away. */
export type Severity = 'damage' | 'remark';

export interface Finding {
  readonly severity: Severity;
  /** What was found, where, and what to do. */
  readonly sentence: string;
}

export interface CheckReport {
  /** No damage was found. */
  readonly sound: boolean;
  readonly findings: readonly Finding[];
  readonly arrays: number;
}

export interface CheckOptions {
  /** `false` looks only whether arrays are there, not what is in them. */
  readonly readArrays?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Looks at everything a catalog consists of. Changes nothing. Throws `job/cancelled`. */
export async function checkCatalog(database: ReadableDatabase, options: CheckOptions = {}): Promise<CheckReport> {
  const databaseFindings = checkDatabase(database);
  // A database that cannot be read through cannot say which arrays it needs.
  const isReadable = databaseFindings.length === 0;
  const referenced = isReadable ? listReferencedArrays(database) : new Set<string>();
  const findings = [
    ...databaseFindings,
    ...(isReadable ? [...checkLog(database), ...checkJobs(database)] : []),
    ...(isReadable ? await checkArrays(database.file, referenced, options) : []),
    ...(isReadable ? checkFolder(database.file, referenced) : []),
  ];
  const sound = findings.every(({ severity }) => severity === 'remark');
  return { sound, findings, arrays: referenced.size };
}

function checkDatabase(database: ReadableDatabase): readonly Finding[] {
  try {
    const integrity = database.pragma('integrity_check').map((row) => String(row['integrity_check']));
    const broken = integrity.filter((line) => line !== 'ok').map((line) => `The database is damaged (${line})`);
    const dangling = database
      .pragma('foreign_key_check')
      .map((row) => `Row ${String(row['rowid'])} of "${String(row['table'])}" points at nothing`);
    return [...broken, ...dangling, ...findSchemaDifferences(database)].map(restore);
  } catch (cause) {
    return [{ severity: 'damage', sentence: LightboxError.from(cause).message }];
  }
}

const restore = (problem: string): Finding => ({ severity: 'damage', sentence: `${problem}; restore a backup.` });

function checkLog(database: ReadableDatabase): readonly Finding[] {
  const { fault } = readLog(database).verify();
  return fault === undefined ? [] : [{ severity: 'damage', sentence: fault }];
}

function checkJobs(database: ReadableDatabase): readonly Finding[] {
  return readJobs(database)
    .listAbandoned()
    .map(({ id, kind, done, total }) => ({
      severity: 'remark',
      sentence: `Job ${id} (${kind}) was broken off after ${done} of ${total}; start it again to do the rest.`,
    }));
}

async function checkArrays(
  catalog: string,
  referenced: ReadonlySet<string>,
  { readArrays: isReading = true, signal }: CheckOptions,
): Promise<readonly Finding[]> {
  const store = readArrays(catalog);
  const findings: Finding[] = [];
  for (const sha256 of referenced) {
    if (signal?.aborted) throw new LightboxError('job/cancelled', 'The check was cancelled; nothing was changed.');
    if (!isReading && store.has(sha256)) continue;
    await store.load(sha256).catch((cause: unknown) => {
      findings.push({ severity: 'damage', sentence: LightboxError.from(cause).message });
    });
  }
  return findings;
}

function checkFolder(catalog: string, referenced: ReadonlySet<string>): readonly Finding[] {
  const files = listArrayFiles(catalog);
  const orphans = files.filter(({ sha256 }) => sha256 !== undefined && !referenced.has(sha256)).length;
  const strays = files.filter(({ sha256 }) => sha256 === undefined).length;
  const remark = (count: number, what: string): readonly Finding[] =>
    count === 0
      ? []
      : [{ severity: 'remark', sentence: `${what}: ${count}; compact the catalog to remove the old ones.` }];
  return [
    ...remark(orphans, 'Arrays that belong to no result'),
    ...remark(strays, 'Files among the arrays that are left over from writing'),
  ];
}
