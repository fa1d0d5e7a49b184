import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Connection from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCatalogFolder, hashOf, type CatalogFolder } from '../small-catalog.ts';
import { readThumbnails, thumbnailPath, writeThumbnails, type ThumbnailWriter } from './thumbnail-store.ts';

let folder: CatalogFolder;
let thumbnails: ThumbnailWriter;
beforeEach(() => {
  folder = createCatalogFolder();
  thumbnails = writeThumbnails(folder.file);
});
afterEach(() => {
  thumbnails.close();
  folder.remove();
});

const make = (name: string, size = 128): { contentSha256: string; size: number; bytes: Uint8Array } => ({
  ...{ contentSha256: hashOf(name), size, bytes: new TextEncoder().encode(`${name} at ${size}`) },
});
const read = (name: string, size = 128): string | undefined => {
  const bytes = thumbnails.find(hashOf(name), size);
  return bytes && new TextDecoder().decode(bytes);
};

describe('the thumbnail store', () => {
  it('makes no file before there is a thumbnail to look for', () => {
    expect(readdirSync(folder.at('.'))).toEqual([]);
  });

  it('gives thumbnails by picture and size, replaces and removes them', () => {
    thumbnails.insertAll([make('a'), make('a', 256), make('b')]);
    expect([read('a'), read('a', 256), read('b'), read('c')]).toEqual(['a at 128', 'a at 256', 'b at 128', undefined]);
    thumbnails.insertAll([{ ...make('a'), bytes: Uint8Array.of(65) }]);
    expect(read('a')).toBe('A');
    expect(thumbnails.deleteUnless((content) => content === hashOf('b'))).toBe(2);
    expect([read('a'), read('a', 256), read('b')]).toEqual([undefined, undefined, 'b at 128']);
  });

  it('removes those of some pictures, of every size, and their bytes', () => {
    expect(thumbnails.deleteAll([hashOf('a')])).toBe(0);
    thumbnails.insertAll([make('a'), make('a', 256), make('b')]);
    expect(thumbnails.deleteAll([hashOf('a'), hashOf('c')])).toBe(2);
    expect([read('a'), read('a', 256), read('b')]).toEqual([undefined, undefined, 'b at 128']);
    for (const end of ['', '-wal'])
      expect(readFileSync(`${thumbnailPath(folder.file)}${end}`).includes('a at 128')).toBe(false);
  });

  it('clears away the bytes of a removal that was broken off', () => {
    thumbnails.insertAll(
      Array.from({ length: 50 }, (_, index) => ({ ...make(`${index}`), bytes: Buffer.alloc(2000, 'x') })),
    );
    const other = new Connection(thumbnailPath(folder.file));
    other.exec('DELETE FROM thumbnails');
    other.close();
    expect(thumbnails.deleteUnless(() => true)).toBe(0);
    expect(readFileSync(thumbnailPath(folder.file)).includes('xxxx')).toBe(false);
  });

  it('gives what another process put in', () => {
    const other = writeThumbnails(folder.file);
    const reading = readThumbnails(folder.file);
    expect(reading.find(hashOf('a'), 128)).toBeUndefined();
    thumbnails.insertAll([make('a')]);
    expect(other.find(hashOf('a'), 128)).toEqual(Buffer.from('a at 128'));
    expect(reading.find(hashOf('a'), 128)).toEqual(Buffer.from('a at 128'));
    other.close();
    reading.close();
  });

  it.each([
    [
      'is deleted',
      () => {
        rmSync(thumbnailPath(folder.file));
      },
    ],
    [
      'is no database',
      () => {
        writeFileSync(thumbnailPath(folder.file), 'hello '.repeat(2000));
      },
    ],
    [
      'is overwritten behind its first page',
      () => {
        writeFileSync(thumbnailPath(folder.file), readFileSync(thumbnailPath(folder.file)).fill(7, 4096));
      },
    ],
    [
      'is cut off',
      () => {
        writeFileSync(thumbnailPath(folder.file), readFileSync(thumbnailPath(folder.file)).subarray(0, 5000));
      },
    ],
  ])('begins anew where its file %s', (_, harm) => {
    thumbnails.insertAll(
      Array.from({ length: 50 }, (__, index) => ({ ...make(`${index}`), bytes: new Uint8Array(2000) })),
    );
    thumbnails.close();
    harm();
    const reading = readThumbnails(folder.file);
    expect(reading.find(hashOf('none'), 128)).toBeUndefined();
    reading.close();
    thumbnails.insertAll([make('new')]);
    expect(read('new')).toBe('new at 128');
    expect(existsSync(thumbnailPath(folder.file))).toBe(true);
  });
});
