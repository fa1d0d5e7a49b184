import { LightboxError, type ErrorCode } from '#shared/errors.ts';

interface Failure {
  /** SQLite's result code or the system's error code. */
  readonly code: RegExp;
  readonly names: ErrorCode;
  readonly sentence: (catalog: string, detail: string) => string;
}

/** The first that fits holds. */
const failures: readonly Failure[] = [
  {
    code: /^SQLITE_(BUSY|LOCKED)/,
    names: 'catalog/busy',
    sentence: (catalog) => `${catalog} is being written by another program for too long; try again when it is done.`,
  },
  {
    code: /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)$/,
    names: 'catalog/full',
    sentence: (catalog) => `There is no room left on the disk for ${lower(catalog)}; make room and try again.`,
  },
  {
    code: /^(SQLITE_(READONLY|PERM|AUTH)|EROFS$|EACCES$|EPERM$)/,
    names: 'catalog/not-writable',
    sentence: (catalog) => `${catalog} cannot be written: its disk or folder is read-only; copy it to another place.`,
  },
  {
    code: /^SQLITE_NOTADB/,
    names: 'catalog/unreadable',
    sentence: (catalog) => `${catalog} is not a catalog, or its first bytes are destroyed; choose another file.`,
  },
  {
    code: /^SQLITE_CORRUPT/,
    names: 'catalog/damaged',
    sentence: (catalog) => `${catalog} is damaged; restore it from a backup.`,
  },
  {
    // The statements are always the same, so one that fails has not found its tables.
    code: /^SQLITE_(ERROR|SCHEMA|FORMAT)/,
    names: 'catalog/damaged',
    sentence: (catalog, detail) => `${catalog} is not as it should be (${detail}); restore it from a backup.`,
  },
  {
    code: /^(SQLITE_(CANTOPEN|IOERR|PROTOCOL|NOLFS)|E[A-Z]+$)/,
    names: 'catalog/unreadable',
    sentence: (catalog, detail) => `${catalog} cannot be opened or read (${detail}); check its disk and its folder.`,
  },
  {
    code: /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/,
    names: 'request/invalid',
    sentence: (catalog, detail) => `${catalog} does not accept this entry (${detail}); correct it.`,
  },
];

/** What SQLite or the file system threw, in a sentence about the catalog. What is named already stays as it is. */
export function nameFailure(file: string, cause: unknown): LightboxError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const failure = failures.find((candidate) => candidate.code.test(code));
  if (cause instanceof LightboxError || !failure) return LightboxError.from(cause);
  const detail = cause instanceof Error ? cause.message : code;
  return new LightboxError(failure.names, failure.sentence(`The catalog "${file}"`, detail), { cause });
}

/** Runs `work`; what it throws is about this catalog. */
export function naming<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw nameFailure(file, cause);
  }
}

const lower = (catalog: string): string => catalog.replace(/^The/, 'the');
