import { createHash } from 'node:crypto';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createCatalogFolder, hashOf } from '../small-catalog.ts';
import { arrayFolder, arrayPath, listArrayFiles, writeArrays } from './array-store.ts';

const folder = createCatalogFolder();
const arrays = writeArrays(folder.file);
afterAll(() => {
  folder.remove();
});

const map = { shape: [1, 2, 2], values: Float32Array.of(1, -2, 0.5, NaN) };

describe('the array store', () => {
  it('keeps arrays as NumPy files under zstd, named by their hash', async () => {
    const sha256 = await arrays.save(map);
    const file = path.join(arrayFolder(folder.file), sha256.slice(0, 2), `${sha256.slice(2)}.zst`);
    const npy = zstdDecompressSync(readFileSync(file));
    expect(npy.subarray(1, 6).toString('latin1')).toBe('NUMPY');
    expect(createHash('sha256').update(npy).digest('hex')).toBe(sha256);
    expect(await arrays.load(sha256)).toEqual(map);
    expect(arrays.has(sha256)).toBe(true);
  });

  it('gives back any array', async () => {
    const arrayOf = fc.oneof(
      fc.float32Array({ maxLength: 50 }),
      fc.float64Array({ maxLength: 50 }),
      fc.bigInt64Array({ maxLength: 50 }),
    );
    await fc.assert(
      fc.asyncProperty(arrayOf, async (values) => {
        const array = { shape: [1, values.length], values };
        expect(await arrays.load(await arrays.save(array))).toEqual(array);
      }),
      { numRuns: 30, seed: 5 },
    );
  });

  it('keeps the same array once, and another shape apart', async () => {
    const count = listArrayFiles(folder.file).length;
    const hashes = await Promise.all([map, map, { ...map, shape: [4] }].map((array) => arrays.save(array)));
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[2]).not.toBe(hashes[1]);
    expect(listArrayFiles(folder.file)).toHaveLength(count + 1);
    expect(listArrayFiles(folder.file).filter(({ sha256 }) => sha256 === undefined)).toEqual([]);
  });

  it.each([
    ['missing', undefined],
    [
      'cut off',
      (file: string) => {
        truncateSync(file, 20);
      },
    ],
    [
      'not compressed',
      (file: string) => {
        writeFileSync(file, 'hello');
      },
    ],
    [
      'another array',
      (file: string) => {
        writeFileSync(file, zstdCompressSync('hello'));
      },
    ],
    [
      'empty',
      (file: string) => {
        writeFileSync(file, '');
      },
    ],
  ])('names an array that is %s, and is mended by saving again', async (_, harm) => {
    const array = { shape: [1], values: Float64Array.of(Math.random()) };
    const sha256 = harm ? await arrays.save(array) : hashOf('missing');
    harm?.(arrayPath(folder.file, sha256));
    await expect(arrays.load(sha256)).rejects.toMatchObject({ code: 'catalog/damaged' });
    await expect(arrays.load(sha256)).rejects.toThrow(`${sha256.slice(2)}.zst`);
    if (!harm) return;
    await arrays.save(array);
    expect(await arrays.load(sha256)).toEqual(array);
  });

  it.each(['../../../etc/passwd', '', 'ABC', `${'0'.repeat(63)}g`])('takes "%s" for no hash', async (text) => {
    expect(arrays.has(text)).toBe(false);
    await expect(arrays.load(text)).rejects.toMatchObject({ code: 'request/invalid' });
  });

  it('says when its folder cannot be made', async () => {
    writeFileSync(folder.at('other.arrays'), 'in the way');
    await expect(writeArrays(folder.at('other')).save(map)).rejects.toMatchObject({ code: 'catalog/unreadable' });
    expect(existsSync(folder.at('other.arrays'))).toBe(true);
  });
});
