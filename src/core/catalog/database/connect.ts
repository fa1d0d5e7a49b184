import Connection from 'better-sqlite3';
import { WritableDatabase } from './database.ts';
import { naming } from './failures.ts';

export interface ConnectOptions {
  /** How long to wait for another program that is writing. Default: 5 s. */
  readonly busyTimeoutMs?: number | undefined;
}

export const DEFAULT_BUSY_TIMEOUT_MS = 5000;

/** Opens a database file as it is, or makes an empty one; `:memory:` is one without a file. Throws `catalog/...`. */
export function connect(
  file: string,
  { busyTimeoutMs = DEFAULT_BUSY_TIMEOUT_MS }: ConnectOptions = {},
): WritableDatabase {
  return new WritableDatabase(
    file,
    naming(file, () => new Connection(file, { timeout: busyTimeoutMs })),
  );
}

/** What `prepare` throws closes the database. */
export function closeUnless<Database extends { close(): void }>(database: Database, prepare: () => void): Database {
  try {
    prepare();
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}
