import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import { readNpy, writeNpy, type NpyArray } from '#shared/npy.ts';
import { nameFailure } from '../database/failures.ts';
import { saveDurably } from './durable-file.ts';

/** Arrays by the hash of their content: NumPy files under zstd, in a folder beside the catalog. */
export interface ArrayReader {
  /** Throws `catalog/damaged` when it is missing or not what its name says. */
  load(sha256: string): Promise<NpyArray>;
  has(sha256: string): boolean;
}

export interface ArrayWriter extends ArrayReader {
  /**
   * On the disk when it returns: its SHA-256. The same array again is the same file. It is kept as long as a row of the
   * catalog names it; the row is to be inserted soon after.
   * Throws `catalog/full`, `catalog/not-writable`.
   */
  save(array: NpyArray): Promise<string>;
}

/** A file in the store's folder. */
export interface StoredFile {
  readonly path: string;
  /** Undefined for what is no array. */
  readonly sha256: string | undefined;
}

const SUFFIX = '.zst';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** @param catalog the catalog's file. */
export const arrayFolder = (catalog: string): string => `${catalog}.arrays`;

/** `CATALOG.arrays/ab/cdef….zst` */
export function arrayPath(catalog: string, sha256: string): string {
  return path.join(arrayFolder(catalog), sha256.slice(0, 2), `${sha256.slice(2)}${SUFFIX}`);
}

export function readArrays(catalog: string): ArrayReader {
  return {
    load: (sha256) => loadArray(catalog, sha256),
    has: (sha256) => isHash(sha256) && existsSync(arrayPath(catalog, sha256)),
  };
}

export function writeArrays(catalog: string): ArrayWriter {
  return {
    ...readArrays(catalog),
    save: async (array) => {
      const bytes = writeNpy(array);
      const sha256 = hashBytes(bytes);
      const packed = await compress(bytes, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
      try {
        // Written even where it is there: it mends a damaged file, and a younger one is not taken for forgotten.
        await saveDurably(arrayPath(catalog, sha256), packed);
      } catch (cause) {
        throw nameFailure(catalog, cause);
      }
      return sha256;
    },
  };
}

/** Everything in the store's folder, by name. */
export function listArrayFiles(catalog: string): readonly StoredFile[] {
  const folder = arrayFolder(catalog);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const [, first, rest] = /^([\da-f]{2})[\\/]([\da-f]{62})\.zst$/.exec(path.relative(folder, file)) ?? [];
      return { path: file, sha256: first && rest ? `${first}${rest}` : undefined };
    })
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

async function loadArray(catalog: string, sha256: string): Promise<NpyArray> {
  if (!isHash(sha256))
    throw new LightboxError('request/invalid', `"${sha256}" is not the hash of an array: 64 hexadecimal digits.`);
  const bytes = await unpack(catalog, sha256);
  if (hashBytes(bytes) !== sha256) throw damaged(arrayPath(catalog, sha256), 'is not what was saved');
  return readNpy(bytes, `The array ${sha256}`);
}

async function unpack(catalog: string, sha256: string): Promise<Uint8Array> {
  const packed = await readFile(arrayPath(catalog, sha256)).catch((cause: unknown) => {
    throw damaged(arrayPath(catalog, sha256), 'is missing or cannot be read', cause);
  });
  // More than any map of relevance; a damaged file must not ask for all memory.
  return decompress(packed, { maxOutputLength: limits.array.bytes }).catch((cause: unknown) => {
    throw damaged(arrayPath(catalog, sha256), 'is damaged', cause);
  });
}

function damaged(file: string, problem: string, cause?: unknown): LightboxError {
  const sentence = `The array "${file}" ${problem}; compute it again or restore a backup.`;
  return new LightboxError('catalog/damaged', sentence, { cause });
}

const hashBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Hashes may come from outside and become file names. */
const isHash = (text: string): boolean => /^[\da-f]{64}$/.test(text);
