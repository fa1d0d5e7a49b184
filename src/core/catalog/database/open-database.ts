import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import Connection from 'better-sqlite3';
import { LightboxError } from '#shared/errors.ts';
import { catalogVersion, migrations } from '../migrations/migrations.ts';
import { addFunctions, closeUnless, connect, DEFAULT_BUSY_TIMEOUT_MS, type ConnectOptions } from './connect.ts';
import { ReadableDatabase, type WritableDatabase } from './database.ts';
import { nameFailure, naming } from './failures.ts';
import { APPLICATION_ID, migrate } from './migrate.ts';

/** 64 MB of pages in memory, twice what a hundred thousand samples with predictions need to be listed. */
const commonPragmas = ['cache_size = -65536', 'temp_store = MEMORY', 'trusted_schema = OFF', 'cell_size_check = ON'];

/** The log shrinks again after a large import. */
const writingPragmas = ['synchronous = NORMAL', 'journal_size_limit = 16777216', ...commonPragmas];

/**
 * Opens a catalog for reading and writing; makes one where there is none, brings an older one up to date.
 * @throws LightboxError `catalog/...`.
 */
export function openWritable(file: string, options: ConnectOptions = {}): WritableDatabase {
  checkPlace(file);
  naming(file, () => {
    accessSync(path.dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  });
  const database = connect(file, options);
  return closeUnless(database, () => {
    identify(database);
    startLog(database);
    for (const pragma of writingPragmas) database.pragma(pragma);
    migrate(database, migrations);
    database.pragma('foreign_keys = ON');
  });
}

/**
 * Opens a catalog that is there, for reading.
 * @throws LightboxError `catalog/...`.
 */
export function openReadable(
  file: string,
  { busyTimeoutMs = DEFAULT_BUSY_TIMEOUT_MS }: ConnectOptions = {},
): ReadableDatabase {
  checkPlace(file);
  if (!existsSync(file)) throw new LightboxError('catalog/not-found', `There is no catalog "${file}"; check the path.`);
  const database = new ReadableDatabase(file, addFunctions(connectReadable(file, busyTimeoutMs)));
  return closeUnless(database, () => {
    for (const pragma of commonPragmas) database.pragma(pragma);
    const version = identify(database);
    if (version === catalogVersion) return;
    const sentence = `The catalog "${file}" was left by an earlier version; open it once for writing to bring it up to date.`;
    throw new LightboxError('catalog/unreadable', sentence);
  });
}

/** Readers and a writer do not wait for each other with a log (WAL); not every network disk can have one. */
function startLog(database: WritableDatabase): void {
  if (database.pragma('journal_mode = WAL')[0]?.['journal_mode'] === 'wal') return;
  const sentence = `The disk of the catalog "${database.file}" does not support several readers; copy it to a local disk.`;
  throw new LightboxError('catalog/not-writable', sentence);
}

/** A pipe or a device would make SQLite wait for ever; SQLite's binding cuts spaces off the end of a name. */
function checkPlace(file: string): void {
  const folder = path.dirname(file);
  if (!existsSync(folder))
    throw new LightboxError(
      'catalog/not-found',
      `The folder "${folder}" of the catalog does not exist; make it first.`,
    );
  if (file !== file.trim())
    throw new LightboxError(
      'request/invalid',
      `A catalog's name cannot end with a space, as "${file}" does; rename it.`,
    );
  const status = naming(file, () => statSync(file, { throwIfNoEntry: false }));
  if (status && !status.isFile())
    throw new LightboxError(
      'catalog/unreadable',
      `"${file}" is not a file and so not a catalog; choose another place.`,
    );
}

/**
 * SQLite needs to write beside a database that it only reads, to tell others so. On a read-only disk a catalog that was
 * closed properly is read into memory instead.
 */
function connectReadable(file: string, timeout: number): Connection.Database {
  const connection = naming(file, () => new Connection(file, { readonly: true, fileMustExist: true, timeout }));
  try {
    connection.pragma('schema_version');
    return connection;
  } catch (cause) {
    connection.close();
    if (!isHindered(cause)) throw nameFailure(file, cause);
    if (existsSync(`${file}-wal`)) throw needsItsLog(file, cause);
  }
  return naming(file, () => {
    const image = readFileSync(file);
    // A database in memory has no log: bytes 18 and 19 say that there is none (SQLite file format, 1.3).
    image.fill(1, 18, 20);
    return new Connection(image, { readonly: true });
  });
}

function needsItsLog(file: string, cause: unknown): LightboxError {
  const sentence = `The catalog "${file}" was not closed and its disk is read-only; copy it together with "${file}-wal" to another place.`;
  return new LightboxError('catalog/not-writable', sentence, { cause });
}

const isHindered = (cause: unknown): boolean =>
  cause instanceof Connection.SqliteError && /^SQLITE_(CANTOPEN|READONLY)/.test(cause.code);

/** The version of a catalog; 0 for one that is still to be made. Changes nothing. */
function identify(database: ReadableDatabase): number {
  const number = (pragma: string): number => Number(database.pragma(pragma)[0]?.[pragma]);
  // At one moment: another process may be making it.
  const { id, version, isBare } = database.snapshot(() => ({
    id: number('application_id'),
    version: number('user_version'),
    isBare: database.read('SELECT 1 FROM sqlite_schema').find() === undefined,
  }));
  const isBlank = id === 0 && version === 0 && isBare;
  if (id !== APPLICATION_ID && !isBlank) {
    const sentence = `"${database.file}" is a database of another program, not a catalog; choose another file.`;
    throw new LightboxError('catalog/unreadable', sentence);
  }
  if (version <= catalogVersion) return version;
  const sentence = `The catalog "${database.file}" was made by a newer version of the program (form ${version}, known are ${catalogVersion}); update the program to open it.`;
  throw new LightboxError('catalog/newer-version', sentence);
}
