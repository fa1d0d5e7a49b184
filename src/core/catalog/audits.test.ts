import { afterAll, describe, expect, it } from 'vitest';
import { createCatalogFolder, fillCatalog, hashOf, makeSample, origin } from './small-catalog.ts';

const folder = createCatalogFolder();
const masks = [{ kind: 'lung', path: 'm/a.png' }];
const { catalog, dataset, model } = fillCatalog(folder.file, [makeSample('a', { masks }), makeSample('b')]);
const [a = 0, b = 0] = catalog.samples.listFiles(dataset).map(({ id }) => id);
afterAll(() => {
  catalog.close();
  folder.remove();
});

const onSample = { kind: 'case', model, dataset, sample: a, subject: 'mark 1', settings: { seed: 1 }, origin };

describe('audits and findings', () => {
  it('a case takes the place of an earlier one of its subject; over a dataset each stays', () => {
    catalog.audits.insert({ ...onSample, result: { verdict: 'not used' } });
    const later = catalog.audits.insert({ ...onSample, settings: { seed: 2 }, result: { verdict: 'shortcut used' } });
    const other = catalog.audits.insert({ ...onSample, subject: 'border', result: {} });
    expect(catalog.audits.listOfSample(a)).toEqual([other, later]);
    expect(later).toMatchObject({ settings: { seed: 2 }, result: { verdict: 'shortcut used' }, origin });
    const run = { ...onSample, kind: 'region', sample: undefined, subject: 'border', result: {} };
    const [first, second] = [catalog.audits.insert(run), catalog.audits.insert(run)];
    expect(catalog.audits.listOfDataset({ dataset, kind: 'region', model })).toEqual([second, first]);
    expect(catalog.audits.listOfDataset({ dataset, kind: 'region' }, 1)).toEqual([second]);
    expect(catalog.audits.countOfDataset({ dataset, kind: 'region', subject: 'border' })).toBe(2);
    expect(catalog.audits.listOfDataset({ dataset, kind: 'region', subject: 'lung' })).toEqual([]);
    expect(() => catalog.audits.get(99)).toThrow(expect.objectContaining({ code: 'request/invalid' }));
  });

  it('a finding is said, said otherwise, and taken back; its evidence outlives a later test', () => {
    const evidence = catalog.audits.insert({ ...onSample, subject: 'lung', result: { n: 1 } });
    catalog.findings.put({ audit: evidence.id, author: 'A', comment: 'the L' });
    catalog.findings.put({ audit: evidence.id, author: 'B', comment: 'the letter' });
    catalog.audits.insert({ ...onSample, subject: 'lung', result: { n: 2 } });
    expect(catalog.audits.get(evidence.id).result).toEqual({ n: 1 });
    expect(catalog.findings.list(dataset)).toMatchObject([{ audit: evidence.id, author: 'B', comment: 'the letter' }]);
    expect([catalog.findings.delete(evidence.id), catalog.findings.delete(evidence.id)]).toEqual([true, false]);
    expect(() => {
      catalog.findings.put({ audit: 99, author: 'A', comment: '' });
    }).toThrow(expect.objectContaining({ code: 'request/invalid' }));
  });
});

describe('bookings', () => {
  const setup = catalog.setups.insert({ model, kind: 'attribution', settings: {} }).id;
  const shape = { form: 'rectangle', left: 0, top: 0, width: 1, height: 1 };

  const book = async (): Promise<void> => {
    const arraySha256 = await catalog.arrays.save({ shape: [1, 1], values: Float32Array.of(1) });
    const map = { composite: 'EpsilonPlusFlat', target: 2, initialRelevance: 1, sum: 1, arraySha256, provenance: {} };
    catalog.attributions.insertAll({ setup, origin }, ['a', 'b'].map((name) => ({ ...map, contentSha256: hashOf(name) }))); // prettier-ignore
    catalog.bookings.put({ setup, sample: a }, [
      { region: 'border', areaShare: 0.1, positiveShare: 0.5, negativeShare: 0, rankAccuracy: 0.2, pointing: 1 },
      { region: 'lung', areaShare: 0 },
    ]);
    catalog.bookings.put({ setup, sample: 99 }, [{ region: 'lung', areaShare: 0 }]);
  };

  it('what does not exist stays undefined; maps that are not booked are told', async () => {
    await book();
    expect(catalog.bookings.listUnbooked(setup)).toEqual([b]);
    expect(catalog.bookings.list(setup, 'border')).toMatchObject([{ sample: a, target: 2, positiveShare: 0.5 }]);
    expect(catalog.bookings.list(setup)[1]).toEqual({ sample: a, target: 2, region: 'lung', areaShare: 0 });
  });

  it.each([
    ['a mark is drawn', () => void catalog.marks.insert({ sampleId: a, kind: 'marker', shape, author: 'A' })],
    ['a mark is moved', () => void catalog.marks.update(catalog.marks.list(a)[0]?.id ?? 0, { shape: { ...shape, left: 1 } })],
    ['a mark is deleted', () => { catalog.marks.delete(catalog.marks.list(a)[0]?.id ?? 0); }],
    ['a mask changes', () => { catalog.masks.update(a, 'lung', { isEmpty: true, sha256: hashOf('m') }); }],
  ])('of a picture go when %s', async (_, change) => {
    await book();
    change();
    expect(catalog.bookings.listUnbooked(setup)).toEqual([a, b]);
  }); // prettier-ignore

  it('of a picture go when its map is computed anew', async () => {
    await book();
    const arraySha256 = catalog.attributions.find(setup, a)?.arraySha256 ?? '';
    const map = { composite: 'c', target: 1, initialRelevance: 1, sum: 1, arraySha256, provenance: {} };
    catalog.attributions.insertAll({ setup, origin }, [{ ...map, contentSha256: hashOf('a') }]);
    expect(catalog.bookings.listUnbooked(setup)).toEqual([a, b]);
  });

  it('a note on a mark changes nothing', async () => {
    const mark = catalog.marks.insert({ sampleId: a, kind: 'marker', shape, author: 'A' });
    await book();
    catalog.marks.update(mark.id, { note: 'the L' });
    expect(catalog.bookings.listUnbooked(setup)).toEqual([b]);
  });
});
