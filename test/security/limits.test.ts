import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { loadRecipe, readDataset } from '#core/datasets/index.ts';
import { tinyPng } from '#core/datasets/test-trees.ts';
import { bytesSource, inflatedSource } from '#core/imaging/dicom/byte-source.ts';
import { decodePicture, decodePictureBytes, loadManifest } from '#core/imaging/index.ts';
import { checkPictureSize } from '#core/imaging/picture-limits.ts';
import { chooseComposites } from '#core/workbench/choose-composites.ts';
import { importMarksFile } from '#core/workbench/collection/import-marks.ts';
import { limits } from '#shared/limits.ts';
import { readNpy } from '#shared/npy.ts';

/** Each limit of `limits` at its edge, that is not held by a test beside its reader (docs/security.md lists those). */

const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-limits-'));
const at = (name: string): string => path.join(folder, name);
const catalog = openCatalog(at('study.lightbox'));
afterAll(() => {
  catalog.close();
  rmSync(folder, { recursive: true });
});

/** A file that says it is so long, and takes no room. */
function stretch(name: string, bytes: number): string {
  writeFileSync(at(name), '');
  truncateSync(at(name), bytes);
  return at(name);
}

/** JSON that is so long, by blanks at its end. */
function pad(name: string, content: unknown, bytes: number): string {
  writeFileSync(at(name), JSON.stringify(content).padEnd(bytes));
  return at(name);
}

describe('pictures', () => {
  test('of a file that is too large are not read', async () => {
    const file = stretch('large.png', limits.picture.fileBytes + 1);
    await expect(decodePicture(file)).rejects.toThrow('large.png is larger than 1.5 GB');
  });

  test('of 200 megapixels are decoded, of one more row they are not', async () => {
    expect(() => {
      checkPictureSize('x', { width: 20_000, height: limits.picture.pixels / 20_000 });
    }).not.toThrow();
    const claimed = Buffer.from(tinyPng);
    claimed.writeUInt32BE(20_000, 16);
    claimed.writeUInt32BE(limits.picture.pixels / 20_000 + 1, 20);
    claimed.writeUInt32BE(crc32(claimed.subarray(12, 29)), 29);
    await expect(decodePictureBytes(claimed, 'x.png')).rejects.toThrow('the limit is 200');
  });

  test('that are deflated unpack to so much and no more', async () => {
    const source = inflatedSource(bytesSource(deflateRawSync(Buffer.alloc(1_000_000))), 500_000);
    expect((await source(Infinity)).length).toBe(500_000);
    expect((await source(20)).length).toBe(20);
    expect(limits.dicom.inflatedBytes).toBeLessThan(limits.picture.fileBytes);
  });
});

describe('tables', () => {
  const read = async (): Promise<number> => {
    const { batches } = await readDataset(folder, { layout: 'csv' });
    let count = 0;
    for await (const { samples } of batches) count += samples.length;
    return count;
  };
  const columns = (count: number): string => Array.from({ length: count - 1 }, (_, index) => `,c${index}`).join('');

  test('of 5000 columns are read, of one more they are not', async () => {
    writeFileSync(at('a.png'), tinyPng);
    writeFileSync(at('labels.csv'), `image${columns(limits.table.columns)}\na.png\n`);
    expect(await read()).toBe(1);
    writeFileSync(at('labels.csv'), `image${columns(limits.table.columns + 1)}\na.png\n`);
    await expect(read()).rejects.toThrow('too many for a table of samples');
  });

  test('with a row that is too long, or of a file that is too large, are refused', async () => {
    writeFileSync(at('labels.csv'), `image,label\na.png,${'x'.repeat(limits.table.rowBytes)}\n`);
    await expect(read()).rejects.toThrow('a row of over 1 MB');
    stretch('labels.csv', limits.table.fileBytes + 1);
    await expect(read()).rejects.toMatchObject({ code: expect.stringMatching(/^dataset\//) as string });
    rmSync(at('labels.csv'));
  });
});

describe('documents are read up to their limit, and not beyond', () => {
  const manifest = { labels: ['one'] };
  const recipe = { version: 1, table: 'labels.csv', columns: { path: 'image' } };
  const composite = { base: 'EpsilonPlus' };
  const marks = { format: 'relevance-lightbox/marks', version: 1, samples: [] };
  const bounds = { low: [0], high: [1] };

  interface DocumentCase {
    readonly what: string;
    readonly name: string;
    readonly content: object;
    readonly bytes: number;
    readonly load: (file: string) => Promise<unknown>;
  }
  const cases: readonly DocumentCase[] = [
    {
      what: 'manifests',
      name: 'm.manifest.json',
      content: manifest,
      bytes: limits.manifest.fileBytes,
      load: () => loadManifest(at('m.onnx')),
    },
    {
      what: 'recipes',
      name: 'r.recipe.json',
      content: recipe,
      bytes: limits.recipe.fileBytes,
      load: (file) => loadRecipe(file),
    },
    {
      what: 'composites',
      name: 'c.json',
      content: composite,
      bytes: limits.composite.fileBytes,
      load: (file) => chooseComposites(file, bounds),
    },
    {
      what: 'marks',
      name: 'marks.json',
      content: marks,
      bytes: limits.marks.fileBytes,
      load: (file) => importMarksFile(catalog, file),
    },
  ];

  test.each(cases)('$what', async ({ name, content, bytes, load }) => {
    await expect(load(pad(name, content, bytes))).resolves.toBeDefined();
    await expect(load(pad(name, content, bytes + 1))).rejects.toThrow('larger than');
  });

  test.each([
    ['recipes', 'r.recipe.json', (file: string) => loadRecipe(file)],
    ['composites', 'c.json', (file: string) => chooseComposites(file, bounds)],
    ['marks', 'marks.json', (file: string) => importMarksFile(catalog, file)],
  ])('%s that are a folder are refused, and not waited for', async (_, name, load) => {
    await expect(load(folder)).rejects.toThrow('file');
    expect(name).toMatch(/json$/);
  });

  test('the head of an array', () => {
    const write = (length: number): Uint8Array => {
      const fields = `{'descr': '|u1', 'fortran_order': False, 'shape': (1,), }`.padEnd(length - 1);
      const head = Buffer.alloc(12, '\x93NUMPY\x02\x00', 'latin1');
      head.writeUInt32LE(length, 8);
      return Buffer.concat([head, Buffer.from(`${fields}\n`), Buffer.of(7)]);
    };
    expect(readNpy(write(limits.array.npyHeaderBytes), 'x').values[0]).toBe(7);
    expect(() => readNpy(write(limits.array.npyHeaderBytes + 1), 'x')).toThrow('is cut off');
  });
});
