import { existsSync, rmSync } from 'node:fs';
import Connection from 'better-sqlite3';
import { LightboxError } from '#shared/errors.ts';
import { closeUnless, connect } from '../database/connect.ts';
import { ReadableDatabase, type WritableDatabase } from '../database/database.ts';
import { writeList } from '../rows.ts';

/** A small picture of a picture. */
export interface Thumbnail {
  /** Of the picture it shows. */
  readonly contentSha256: string;
  /** Longest side in pixels. */
  readonly size: number;
  /** An encoded picture. */
  readonly bytes: Uint8Array;
}

export interface ThumbnailReader {
  find(contentSha256: string, size: number): Uint8Array | undefined;
}

/**
 * Thumbnails by what they show, in a database beside the catalog. All of it can be made again, so a file that is damaged or of
 * another version is thrown away and begun anew, and one that is deleted is not missed.
 */
export interface ThumbnailWriter extends ThumbnailReader {
  /** Replaces those that are there. */
  insertAll(thumbnails: readonly Thumbnail[]): void;
  /** Removes those of pictures that fail the test, of every size; returns how many. */
  deleteUnless(isKept: (contentSha256: string) => boolean): number;
  /** Removes those of pictures, of every size; returns how many. */
  deleteAll(contents: readonly string[]): number;
  close(): void;
}

const VERSION = 1;
const schema = `CREATE TABLE thumbnails (
  content_sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (content_sha256, size)
) STRICT`;

/** @param catalog the catalog's file. */
export const thumbnailPath = (catalog: string): string => `${catalog}.thumbnails`;

/** Never writes; where there are none, or no good ones, nothing is found. */
export function readThumbnails(catalog: string): ThumbnailReader & { close(): void } {
  const file = thumbnailPath(catalog);
  const keeper = createKeeper(() => new ReadableDatabase(file, new Connection(file, { readonly: true })));
  return {
    find: (contentSha256, size) => {
      if (!existsSync(file)) return undefined;
      try {
        return findBytes(keeper.get(), contentSha256, size);
      } catch {
        return undefined;
      }
    },
    close: () => {
      keeper.drop();
    },
  };
}

export function writeThumbnails(catalog: string): ThumbnailWriter {
  const file = thumbnailPath(catalog);
  const keeper = createKeeper(() => openThumbnails(file));
  const mending = <Result>(work: (database: WritableDatabase) => Result): Result => {
    try {
      return work(keeper.get());
    } catch (cause) {
      if (!isWorthless(cause)) throw cause;
      keeper.drop();
      for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true });
      return work(keeper.get());
    }
  };
  return {
    find: (contentSha256, size) => mending((database) => findBytes(database, contentSha256, size)),
    insertAll: (thumbnails) => {
      mending((database) => {
        insertThumbnails(database, thumbnails);
      });
    },
    deleteUnless: (isKept) =>
      existsSync(file) ? mending((database) => deleteThumbnails(database, listUnless(database, isKept))) : 0,
    deleteAll: (contents) => (existsSync(file) ? mending((database) => deleteThumbnails(database, contents)) : 0),
    close: () => {
      keeper.drop();
    },
  };
}

/** Opened when first needed, so that a catalog without thumbnails stays without that file. */
function createKeeper<Database extends ReadableDatabase>(open: () => Database): { get(): Database; drop(): void } {
  let database: Database | undefined;
  return {
    get: () => (database ??= open()),
    drop: () => {
      database?.close();
      database = undefined;
    },
  };
}

function openThumbnails(file: string): WritableDatabase {
  const database = connect(file);
  return closeUnless(database, () => {
    for (const pragma of ['journal_mode = WAL', 'synchronous = NORMAL']) database.pragma(pragma);
    database.transaction(() => {
      const version = Number(database.pragma('user_version')[0]?.['user_version']);
      if (version === VERSION) return;
      if (version !== 0) throw new LightboxError('catalog/damaged', `"${file}" is of another version.`);
      database.execute(schema);
      database.pragma(`user_version = ${VERSION}`);
    });
  });
}

const isWorthless = (cause: unknown): boolean =>
  cause instanceof LightboxError && ['catalog/damaged', 'catalog/unreadable', 'internal'].includes(cause.code);

function findBytes(database: ReadableDatabase, contentSha256: string, size: number): Uint8Array | undefined {
  const query = database.read<[string, number], { bytes: Buffer }>(
    'SELECT bytes FROM thumbnails WHERE content_sha256 = ? AND size = ?',
  );
  return query.find(contentSha256, size)?.bytes;
}

function insertThumbnails(database: WritableDatabase, thumbnails: readonly Thumbnail[]): void {
  const insertRow = database.write<[string, number, Uint8Array]>('INSERT OR REPLACE INTO thumbnails VALUES (?, ?, ?)');
  database.transaction(() => {
    for (const { contentSha256, size, bytes } of thumbnails) insertRow.run(contentSha256, size, bytes);
  });
}

function listUnless(database: ReadableDatabase, isKept: (contentSha256: string) => boolean): readonly string[] {
  const contents = database.read<[], { content: string }>('SELECT DISTINCT content_sha256 AS content FROM thumbnails');
  return contents.list().flatMap(({ content }) => (isKept(content) ? [] : [content]));
}

/** Their bytes leave the file as well, and so do those of a deletion that was broken off. */
function deleteThumbnails(database: WritableDatabase, contents: readonly string[]): number {
  const deleteRows = database.write<[string]>(
    'DELETE FROM thumbnails WHERE content_sha256 IN (SELECT value FROM json_each(?))',
  );
  const deleted = deleteRows.run(writeList(contents));
  const isLoose = Number(database.pragma('freelist_count')[0]?.['freelist_count']) > 0;
  if (deleted > 0 || isLoose) {
    database.execute('VACUUM');
    database.pragma('wal_checkpoint(TRUNCATE)');
  }
  return deleted;
}
