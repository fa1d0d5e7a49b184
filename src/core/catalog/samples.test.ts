import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalog, type Catalog } from './catalog.ts';
import {
  createCatalogFolder,
  fillCatalog,
  hashOf,
  makePrediction,
  makeSample,
  origin,
  type CatalogFolder,
} from './small-catalog.ts';
import type { NewSample } from './sample.ts';

let folder: CatalogFolder;
let catalog: Catalog;
let dataset: number;
let setup: number;
beforeEach(() => {
  folder = createCatalogFolder();
  ({ catalog, dataset, setup } = fillCatalog(folder.file, []));
});
afterEach(() => {
  catalog.close();
  folder.remove();
});

const full: NewSample = {
  ...{ path: 'Train/Normal (1).png', split: 'Train', label: 'Normal', collection: 'lung', patient: 'IP_7279968' },
  ...{ contentSha256: hashOf(1), bytes: 5, mtimeMs: 6.7, width: 256, height: 128, unreadable: undefined },
  masks: [
    { kind: 'infection', path: 'm/1.png', isEmpty: true, sha256: hashOf('empty') },
    { kind: 'lung', path: 'm/2.png' },
  ],
  metadata: { age: 45, sex: 'male' },
};

describe('samples', () => {
  it('come back as they were put in, but for the patient', () => {
    expect(catalog.samples.insertAll(dataset, [full, { path: 'bare.png', masks: [], metadata: {} }])).toBe(2);
    const sample = catalog.samples.find(dataset, full.path);
    const { split, label, collection, contentSha256, width, height, metadata, masks } = full;
    const known = { split, label, collection, contentSha256, width, height, metadata, bytes: 5, mtimeMs: 7 };
    expect(sample).toMatchObject({ ...known, path: full.path, datasetId: dataset, primaryId: undefined });
    expect(Object.values(sample ?? {})).not.toContain(full.patient);
    expect(catalog.samples.get(sample?.id ?? 0)).toEqual(sample);
    expect(catalog.samples.listByContent(hashOf(1))).toEqual([sample]);
    expect(catalog.masks.list(sample?.id ?? 0)).toEqual(masks);
    const bare = catalog.samples.find(dataset, 'bare.png');
    expect(bare).toMatchObject({ label: undefined, patientHash: undefined, contentSha256: undefined, metadata: {} });
    expect(catalog.samples.listFiles(dataset).map(({ path }) => path)).toEqual([full.path, 'bare.png']);
  });

  it('of one patient have one hash in a dataset, another in the next, and the name is in no file', () => {
    const second = catalog.datasets.insert({ name: '2', folder: '/2', layout: 'csv', profile: 'basic', recipe: {} }).id;
    const patient = 'Nightingale, Florence';
    catalog.samples.insertAll(dataset, [
      makeSample('a', { patient }),
      makeSample('b', { patient }),
      makeSample('c', { patient: 'x' }),
    ]);
    catalog.samples.insertAll(second, [makeSample('a', { patient })]);
    const hash = (id: number, path: string): string | undefined => catalog.samples.find(id, path)?.patientHash;
    expect(hash(dataset, 'a')).toMatch(/^[\da-f]{32}$/);
    expect(hash(dataset, 'b')).toBe(hash(dataset, 'a'));
    expect(hash(dataset, 'c')).not.toBe(hash(dataset, 'a'));
    expect(hash(second, 'a')).not.toBe(hash(dataset, 'a'));
    catalog.close();
    expect(readFileSync(folder.file).includes('Nightingale')).toBe(false);
    catalog = openCatalog(folder.file);
  });

  it('are all put in or none, and the one refused is named', () => {
    catalog.samples.insertAll(dataset, [makeSample('b')]);
    const insert = (): number =>
      catalog.samples.insertAll(dataset, [makeSample('a'), makeSample('b'), makeSample('c')]);
    expect(insert).toThrow('The sample "b" is not accepted: the dataset has it already');
    const bad = makeSample('d', { metadata: { age: NaN } });
    expect(() => catalog.samples.insertAll(dataset, [makeSample('a'), bad])).toThrow('"age" is NaN');
    expect(() => catalog.samples.insertAll(dataset, [makeSample('e', { contentSha256: 'short' })])).toThrow(
      'The sample "e"',
    );
    expect(catalog.samples.listFiles(dataset).map(({ path }) => path)).toEqual(['b']);
  });

  it('are replaced by path, with their masks; unknown ones are named and nothing changes', () => {
    catalog.samples.insertAll(dataset, [full, makeSample('b')]);
    const before = catalog.samples.find(dataset, full.path);
    const changed = { ...full, split: 'Val', metadata: {}, masks: [], unreadable: 'It is cut off.' };
    expect(() => catalog.samples.updateAll(dataset, [changed, makeSample('none')])).toThrow(
      'There is no sample "none"',
    );
    expect(catalog.samples.find(dataset, full.path)).toEqual(before);
    catalog.samples.updateAll(dataset, [changed]);
    const after = { ...before, split: 'Val', metadata: {}, unreadable: 'It is cut off.' };
    expect(catalog.samples.find(dataset, full.path)).toEqual(after);
    expect(catalog.masks.list(before?.id ?? 0)).toEqual([]);
  });

  it('get what their file says later, and keep the rest', () => {
    const { contentSha256, bytes, mtimeMs, width, height, unreadable, ...described } = full;
    catalog.samples.insertAll(dataset, [described, makeSample('b')]);
    const before = catalog.samples.find(dataset, full.path);
    const id = before?.id ?? 0;
    expect(catalog.samples.listFiles(dataset)[0]).toEqual({ id, path: full.path });
    catalog.predictions.insertAll({ setup, origin }, [makePrediction('b', 2, 1)]);
    const facts = { contentSha256: hashOf('b'), bytes, mtimeMs, width, height, unreadable };
    expect(catalog.samples.updateFiles([{ ...facts, id }])).toBe(1);
    expect(catalog.samples.get(id)).toEqual({ ...before, ...facts, mtimeMs: 7 });
    expect(catalog.masks.list(id)).toEqual(full.masks);
    expect(catalog.predictions.find(setup, id)).toMatchObject({ predicted: 2 });
    expect(() => catalog.samples.updateFiles([{ id }, { id: 999 }])).toThrow('There is no sample 999');
    catalog.samples.updateFiles([{ ...facts, id, contentSha256 }]);
    expect(catalog.predictions.find(setup, id)).toBeUndefined();
  });

  it('are counted by what they share', () => {
    const shared = { split: 'T', label: 'x' };
    catalog.samples.insertAll(dataset, [makeSample('a', shared), makeSample('b', shared), makeSample('c')]);
    expect(catalog.samples.countByGroup(dataset)).toEqual([
      { split: undefined, label: undefined, collection: undefined, count: 1 },
      { split: 'T', label: 'x', collection: undefined, count: 2 },
    ]);
  });

  it('go by id with what was said of them', () => {
    catalog.samples.insertAll(dataset, [full, makeSample('b')]);
    const [first = 0, second = 0] = catalog.samples.listFiles(dataset).map(({ id }) => id);
    catalog.tags.insert('seen', [first, second]);
    expect(catalog.samples.deleteAll([first, 999])).toBe(1);
    expect(() => catalog.samples.get(first)).toThrow(expect.objectContaining({ code: 'sample/unknown' }));
    expect(catalog.tags.count(dataset)).toEqual([{ tag: 'seen', count: 1 }]);
  });
});

describe('masks', () => {
  it('tell empty from missing from not looked at', () => {
    catalog.samples.insertAll(dataset, [full]);
    const id = catalog.samples.find(dataset, full.path)?.id ?? 0;
    catalog.masks.update(id, 'lung', { isEmpty: false, sha256: hashOf('lung') });
    expect(catalog.masks.list(id).map(({ kind, isEmpty }) => [kind, isEmpty])).toEqual([
      ['infection', true],
      ['lung', false],
    ]);
    expect(() => {
      catalog.masks.update(id, 'heart', {});
    }).toThrow('There is no heart mask');
  });
});

describe('samples that show the same picture', () => {
  const copy = (path: string, collection: string, content: string | undefined): NewSample =>
    makeSample(path, { collection, contentSha256: content === undefined ? undefined : hashOf(content) });
  const primaryOf = (path: string): string | undefined => {
    const { primaryId } = catalog.samples.find(dataset, path) ?? {};
    return primaryId === undefined ? undefined : catalog.samples.get(primaryId).path;
  };

  it('point at the one in the preferred collection, else at the first', () => {
    catalog.samples.insertAll(dataset, [
      ...[
        copy('1', 'infection', 'A'),
        copy('2', 'lung', 'A'),
        copy('3', 'infection', 'B'),
        copy('4', 'infection', 'B'),
      ],
      ...[copy('5', 'lung', 'C'), copy('6', 'lung', undefined), copy('7', 'lung', undefined)],
    ]);
    expect(catalog.samples.linkDuplicates(dataset, ['lung', 'infection'])).toBe(2);
    expect(['1', '2', '3', '4', '5', '6', '7'].map(primaryOf)).toEqual([
      '2',
      undefined,
      undefined,
      '3',
      ...[undefined, undefined, undefined],
    ]);
    expect(catalog.samples.linkDuplicates(dataset, ['infection'])).toBe(2);
    expect([primaryOf('1'), primaryOf('2')]).toEqual([undefined, '1']);
  });

  it('are no copies any more when one of them changes or goes', () => {
    catalog.samples.insertAll(dataset, [copy('1', 'a', 'A'), copy('2', 'a', 'A'), copy('3', 'a', 'A')]);
    catalog.samples.linkDuplicates(dataset);
    catalog.samples.updateAll(dataset, [copy('1', 'a', 'Z')]);
    expect(['1', '2', '3'].map(primaryOf)).toEqual([undefined, undefined, undefined]);
    expect(catalog.samples.linkDuplicates(dataset)).toBe(1);
    catalog.samples.deleteAll([catalog.samples.find(dataset, '2')?.id ?? 0]);
    expect(primaryOf('3')).toBeUndefined();
  });

  it('share their results, whichever came first', () => {
    catalog.samples.insertAll(dataset, [copy('1', 'a', 'A'), copy('2', 'b', 'A')]);
    expect(catalog.predictions.insertAll({ setup, origin }, [makePrediction('A', 2, 0.5)])).toBe(2);
    catalog.samples.insertAll(dataset, [copy('3', 'a', 'A'), copy('4', 'a', undefined)]);
    catalog.samples.updateAll(dataset, [copy('4', 'a', 'A')]);
    const found = ['1', '2', '3', '4'].map((path) => {
      const id = catalog.samples.find(dataset, path)?.id ?? 0;
      return { ...catalog.predictions.find(setup, id), sampleId: 0 };
    });
    expect(found[0]).toMatchObject({ predicted: 2, confidence: 0.5, contentSha256: hashOf('A') });
    for (const prediction of found) expect(prediction).toEqual(found[0]);
  });

  it('lose their results when they show another picture', () => {
    catalog.samples.insertAll(dataset, [copy('1', 'a', 'A'), copy('2', 'a', 'A')]);
    catalog.predictions.insertAll({ setup, origin }, [makePrediction('A', 2, 0.5)]);
    catalog.samples.updateAll(dataset, [copy('1', 'a', 'B')]);
    const idOf = (path: string): number => catalog.samples.find(dataset, path)?.id ?? 0;
    expect(catalog.predictions.find(setup, idOf('1'))).toBeUndefined();
    expect(catalog.predictions.find(setup, idOf('2'))).toBeDefined();
    expect(catalog.predictions.listMissing(setup, { dataset }).map(({ path }) => path)).toEqual(['1']);
  });
});
