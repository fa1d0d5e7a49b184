import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Connection from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalog, type Catalog } from '../catalog.ts';
import { createCatalogFolder, fillCatalog, hashOf, makeSample, origin, type CatalogFolder } from '../small-catalog.ts';
import { arrayFolder, arrayPath } from '../stores/array-store.ts';

let folder: CatalogFolder;
let catalog: Catalog;
let dataset: number;
let setup: number;
/** Of the attributions of samples 0 and 1. */
let arrays: readonly string[];
beforeEach(async () => {
  folder = createCatalogFolder();
  const samples = Array.from({ length: 300 }, (_, index) =>
    makeSample(`${index}`, { metadata: { text: 'x'.repeat(200) } }),
  );
  const filled = fillCatalog(folder.file, samples);
  ({ catalog, dataset } = filled);
  setup = catalog.setups.insert({ model: filled.model, kind: 'attribution', settings: {} }).id;
  arrays = await Promise.all([attribute('0', 1), attribute('1', 2)]);
});
afterEach(() => {
  catalog.close();
  folder.remove();
});

async function attribute(content: string, value: number): Promise<string> {
  const arraySha256 = await saveArray(value);
  const attribution = { composite: 'A', target: 0, initialRelevance: 1, sum: 1, provenance: {}, arraySha256 };
  catalog.attributions.insertAll({ setup, origin }, [{ ...attribution, contentSha256: hashOf(content) }]);
  return arraySha256;
}

const saveArray = (value: number): Promise<string> =>
  catalog.arrays.save({ shape: [1], values: Float32Array.of(value) });
const arrayFile = (index: number): string => arrayPath(folder.file, arrays[index] ?? '');

/** Changes the database behind the catalog's back, as no program should. */
function meddle(sql: string): void {
  const other = new Connection(folder.file);
  other.pragma('foreign_keys = OFF');
  other.exec(sql);
  other.close();
}

describe('check', () => {
  it('finds nothing in a sound catalog, also when it is only read', async () => {
    expect(await catalog.check()).toEqual({ sound: true, findings: [], arrays: 2 });
    const reading = openCatalog(folder.file, { readonly: true });
    expect(await reading.check()).toEqual({ sound: true, findings: [], arrays: 2 });
    reading.close();
  });

  it.each<[string, () => void, RegExp]>([
    [
      'an array that is gone',
      () => {
        unlinkSync(arrayFile(0));
      },
      /^The array ".*" is missing or cannot be read; compute it again/,
    ],
    [
      'an array that is damaged',
      () => {
        truncateSync(arrayFile(1), 10);
      },
      /^The array ".*" is damaged/,
    ],
    [
      'a row that points at nothing',
      () => {
        meddle('DELETE FROM models');
      },
      /^Row .* of "setups" points at nothing; restore a backup\.$/,
    ],
    [
      'a table that is gone',
      () => {
        meddle('DROP TABLE reports');
      },
      /^The table "reports" is missing or changed/,
    ],
    [
      'an index that is gone',
      () => {
        meddle('DROP INDEX tags_by_tag');
      },
      /^The index "tags_by_tag" is missing or changed/,
    ],
    [
      'a trigger that does not belong there',
      () => {
        meddle('CREATE TRIGGER t AFTER INSERT ON tags BEGIN DELETE FROM marks; END');
      },
      /^The trigger "t" does not belong/,
    ],
  ])('finds %s', async (_, harm, sentence) => {
    harm();
    const { sound, findings } = await catalog.check();
    expect(sound).toBe(false);
    expect(findings.map((finding) => finding.sentence)).toContainEqual(expect.stringMatching(sentence));
  });

  it('finds pages that are overwritten, without failing itself', async () => {
    catalog.compact();
    catalog.close();
    const bytes = readFileSync(folder.file);
    // In the middle lie rows; a compact file ends with what its triggers are, without which it is no catalog.
    const middle = 4096 * Math.floor(bytes.length / 8192);
    writeFileSync(folder.file, bytes.fill(0xa5, middle, middle + 8 * 4096));
    const reading = openCatalog(folder.file, { readonly: true });
    const { sound, findings } = await reading.check();
    expect(sound).toBe(false);
    expect(findings[0]?.sentence).toMatch(/damaged/);
    reading.close();
    catalog = openCatalog(folder.at('other.catalog'));
  });

  it('remarks on what is left over, and calls it sound', async () => {
    await saveArray(3);
    writeFileSync(path.join(arrayFolder(folder.file), '.draft-999999-ab'), '');
    const job = catalog.jobs.insert({ kind: 'attribution', settings: {}, total: 5 }).id;
    catalog.jobs.start(job);
    meddle('UPDATE jobs SET heartbeat_ms = 0, done = 2');
    const { sound, findings } = await catalog.check();
    expect(sound).toBe(true);
    expect(findings).toEqual([
      {
        severity: 'remark',
        sentence: 'Job 1 (attribution) was broken off after 2 of 5; start it again to do the rest.',
      },
      {
        severity: 'remark',
        sentence: 'Arrays that belong to no result: 1; compact the catalog to remove the old ones.',
      },
      {
        severity: 'remark',
        sentence:
          'Files among the arrays that are left over from writing: 1; compact the catalog to remove the old ones.',
      },
    ]);
  });

  it('looks only whether arrays are there when asked to, and can be cancelled', async () => {
    truncateSync(arrayFile(1), 10);
    expect((await catalog.check({ readArrays: false })).sound).toBe(true);
    await expect(catalog.check({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'job/cancelled' });
  });
});

describe('compact', () => {
  it('removes what was deleted from the file itself', () => {
    catalog.samples.insertAll(dataset, [makeSample('secret', { metadata: { note: 'FIND ME' } })]);
    catalog.datasets.delete(dataset);
    const { bytesBefore, bytesAfter } = catalog.compact();
    expect(bytesAfter).toBeLessThan(bytesBefore);
    expect(readFileSync(folder.file).includes('FIND ME')).toBe(false);
    expect(statSync(`${folder.file}-wal`).size).toBe(0);
  });

  it('removes arrays that belong to no result, but not those whose row may be about to come', async () => {
    const forgotten = await saveArray(4);
    const young = await saveArray(5);
    const old = new Date(Date.now() - 7_200_000);
    for (const sha256 of [forgotten, arrays[0] ?? '']) utimesSync(arrayPath(folder.file, sha256), old, old);
    expect(catalog.compact()).toMatchObject({ removedArrays: 1 });
    expect([forgotten, young, ...arrays].map((sha256) => catalog.arrays.has(sha256))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(catalog.compact({ orphanAgeMs: 0 })).toMatchObject({ removedArrays: 1 });
    expect(catalog.arrays.has(young)).toBe(false);
    expect(await catalog.check()).toEqual({ sound: true, findings: [], arrays: 2 });
  });

  it('removes drafts of processes that are gone, and thumbnails of pictures that are', () => {
    const inArrays = (name: string): string => path.join(arrayFolder(folder.file), name);
    writeFileSync(inArrays('.draft-999999-ab'), '');
    writeFileSync(inArrays(`.draft-${process.pid}-ab`), '');
    const bytes = Uint8Array.of(1);
    catalog.thumbnails.insertAll(['0', 'gone'].map((name) => ({ contentSha256: hashOf(name), size: 64, bytes })));
    expect(catalog.compact()).toMatchObject({ removedDrafts: 1, removedThumbnails: 1 });
    expect(existsSync(inArrays(`.draft-${process.pid}-ab`))).toBe(true);
    expect(catalog.thumbnails.find(hashOf('0'), 64)).toEqual(Buffer.of(1));
  });

  it('says when another program writes', () => {
    catalog.close();
    catalog = openCatalog(folder.file, { busyTimeoutMs: 10 });
    const other = new Connection(folder.file);
    other.exec('BEGIN IMMEDIATE');
    expect(() => catalog.compact()).toThrow(expect.objectContaining({ code: 'catalog/busy' }));
    other.close();
    catalog.compact();
  });
});

describe('backup', () => {
  const rowsOf = (file: string): unknown => {
    const reading = openCatalog(file, { readonly: true });
    const rows = [reading.samples.listFiles(dataset), reading.models.list(), reading.attributions.list(1)];
    reading.close();
    return rows;
  };

  it('is a catalog of its own with the same rows and arrays, sharing their bytes', async () => {
    const forgotten = await saveArray(6);
    const to = folder.at('backups/monday.catalog');
    expect(await catalog.backup(to)).toEqual({ file: to, arrays: 2, linkedArrays: 2 });
    expect(rowsOf(to)).toEqual(rowsOf(folder.file));
    expect(statSync(arrayPath(to, arrays[0] ?? '')).ino).toBe(statSync(arrayFile(0)).ino);
    expect(readdirSync(folder.at('backups')).toSorted()).toEqual(['monday.catalog', 'monday.catalog.arrays']);
    const copy = openCatalog(to);
    expect(await copy.check()).toEqual({ sound: true, findings: [], arrays: 2 });
    expect(copy.arrays.has(forgotten)).toBe(false);
    copy.datasets.delete(dataset);
    copy.compact({ orphanAgeMs: 0 });
    copy.close();
    expect(await catalog.check()).toMatchObject({ sound: true, arrays: 2 });
    expect(await catalog.arrays.load(arrays[0] ?? '')).toMatchObject({ shape: [1] });
  });

  it('is not touched by what happens to the catalog afterwards', async () => {
    const to = folder.at('b.catalog');
    await catalog.backup(to);
    const before = rowsOf(to);
    catalog.datasets.delete(dataset);
    catalog.compact({ orphanAgeMs: 0 });
    expect(rowsOf(to)).toEqual(before);
    expect((await openCatalog(to).check()).sound).toBe(true);
  });

  it('refuses to replace a file, and leaves it alone', async () => {
    writeFileSync(folder.at('there'), 'mine');
    await expect(catalog.backup(folder.at('there'))).rejects.toThrow('exists already; choose another name.');
    await expect(catalog.backup(folder.file)).rejects.toMatchObject({ code: 'request/invalid' });
    expect(readFileSync(folder.at('there'), 'utf8')).toBe('mine');
  });

  it('leaves nothing when it cannot be made', async () => {
    unlinkSync(arrayFile(0));
    await expect(catalog.backup(folder.at('new/b.catalog'))).rejects.toMatchObject({ code: 'catalog/damaged' });
    expect(readdirSync(folder.at('new')).filter((name) => name !== 'b.catalog.arrays')).toEqual([]);
    writeFileSync(folder.at('file'), '');
    await expect(catalog.backup(folder.at('file/b.catalog'))).rejects.toMatchObject({ code: 'catalog/unreadable' });
  });

  it('takes up what a backup that was broken off has left', async () => {
    const to = folder.at('b.catalog');
    cpSync(arrayFolder(folder.file), arrayFolder(to), { recursive: true });
    truncateSync(arrayPath(to, arrays[0] ?? ''), 3);
    mkdirSync(folder.at('x'));
    writeFileSync(folder.at('.draft-999999-ab'), '');
    writeFileSync(folder.at('.draft-999999-ab-journal'), '');
    expect(await catalog.backup(to)).toEqual({ file: to, arrays: 2, linkedArrays: 0 });
    expect((await openCatalog(to).check()).sound).toBe(true);
    expect(readdirSync(folder.at('.')).filter((name) => name.startsWith('.draft'))).toEqual([]);
  });

  it('is whole while another process writes without pause', async () => {
    const other = openCatalog(folder.file);
    let inserted = 0;
    const writing = setInterval(() => {
      other.samples.insertAll(dataset, [makeSample(`new ${inserted++}`)]);
    }, 1);
    const to = folder.at('b.catalog');
    await catalog.backup(to);
    clearInterval(writing);
    other.close();
    const copy = openCatalog(to, { readonly: true });
    expect((await copy.check()).sound).toBe(true);
    expect(copy.samples.count({ dataset })).toBeGreaterThanOrEqual(300);
    copy.close();
  });
});
