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
    naming(file, () => addFunctions(new Connection(file, { timeout: busyTimeoutMs }))),
  );
}

/** `float32(bytes)`: the first of little-endian float32 values, which SQL cannot read by itself. */
export function addFunctions(connection: Connection.Database): Connection.Database {
  return connection.function('float32', { deterministic: true }, (bytes: unknown) =>
    bytes instanceof Uint8Array && bytes.length >= Float32Array.BYTES_PER_ELEMENT
      ? new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true)
      : null,
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
