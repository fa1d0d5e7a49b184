import { afterAll, describe, expect, it } from 'vitest';
import { createCatalogFolder, fillCatalog, hashOf, makeSample } from './small-catalog.ts';

const folder = createCatalogFolder();
const { catalog, dataset } = fillCatalog(folder.file, [makeSample('a'), makeSample('b')]);
const [a = 0, b = 0] = catalog.samples.listFiles(dataset).map(({ id }) => id);
afterAll(() => {
  catalog.close();
  folder.remove();
});

describe('marks', () => {
  it('are drawn, changed, listed and removed', () => {
    const marker = catalog.marks.insert({ sampleId: b, kind: 'marker', shape: { box: [1, 2, 3, 4] }, author: 'A' });
    const hair = catalog.marks.insert({ sampleId: a, kind: 'hair', shape: { line: [] }, author: 'B' });
    expect(catalog.marks.list(b)).toEqual([marker]);
    expect(catalog.marks.listOfDataset(dataset)).toEqual([hair, marker]);
    expect(catalog.marks.listOfDataset(dataset, 'marker')).toEqual([marker]);
    expect(catalog.marks.update(hair.id, { kind: 'ruler' })).toEqual({ ...hair, kind: 'ruler' });
    catalog.marks.delete(hair.id);
    expect(catalog.marks.list(a)).toEqual([]);
    for (const use of [
      () => catalog.marks.update(hair.id, {}),
      () => {
        catalog.marks.delete(hair.id);
      },
      () => catalog.marks.insert({ sampleId: 99, kind: 'x', shape: {}, author: '' }),
    ])
      expect(use).toThrow(expect.objectContaining({ code: 'request/invalid' }));
  });
});

describe('reviews', () => {
  const review = { sampleId: a, author: 'A', verdict: 'suspicious', note: 'the L' } as const;

  it('are kept by reader, changed and taken back', () => {
    expect(catalog.reviews.put({ ...review, verdict: undefined })).toMatchObject({ note: 'the L' });
    expect(catalog.reviews.find(a, 'A')?.verdict).toBeUndefined();
    expect(catalog.reviews.count(dataset)).toEqual({});
    expect(catalog.reviews.put(review)).toMatchObject(review);
    catalog.reviews.put({ ...review, author: 'B' });
    catalog.reviews.put({ ...review, sampleId: b, verdict: 'clean' });
    expect(catalog.reviews.list(a)).toMatchObject([{ author: 'A' }, { author: 'B' }]);
    expect(catalog.reviews.count(dataset)).toEqual({ suspicious: 1, clean: 1 });
    const all = catalog.reviews.listOfDataset(dataset);
    expect(all.map(({ sampleId, author }) => [sampleId, author])).toEqual([[a, 'A'], [a, 'B'], [b, 'A']]); // prettier-ignore
    expect(catalog.reviews.listOfDataset(99)).toEqual([]);
    expect(catalog.reviews.delete(a, 'B')).toBe(true);
    expect(catalog.reviews.delete(a, 'B')).toBe(false);
    expect(catalog.reviews.list(a)).toHaveLength(1);
    expect(() => catalog.reviews.put({ ...review, sampleId: 99 })).toThrow(
      expect.objectContaining({ code: 'request/invalid' }),
    );
  });
});

describe('a locked answer', () => {
  const refused: unknown = expect.objectContaining({ code: 'request/invalid' });
  const answer = { sampleId: b, author: 'L', verdict: 'clean', note: '' } as const;

  it('stands: nothing overwrites it or takes it away, and it needs a verdict', () => {
    catalog.reviews.put({ ...answer, verdict: undefined, note: 'unsure yet' });
    expect(() => { catalog.reviews.lock(b, 'L'); }).toThrow(refused); // prettier-ignore
    catalog.reviews.put(answer);
    catalog.reviews.lock(b, 'L');
    const locked = catalog.reviews.find(b, 'L');
    expect(locked?.lockedMs).toBeGreaterThan(0);
    catalog.reviews.lock(b, 'L');
    expect(() => catalog.reviews.put({ ...answer, verdict: 'suspicious' })).toThrow(refused);
    expect(() => catalog.reviews.delete(b, 'L')).toThrow(refused);
    expect(catalog.reviews.find(b, 'L')).toEqual(locked);
    expect(catalog.reviews.listLocked([a, b], 'L')).toEqual([b]);
    expect(catalog.reviews.listLocked([a, b], 'A')).toEqual([]);
  });

  it('what is thought later is added, and every change of mind stays', () => {
    const look = { sampleId: b, author: 'L' };
    catalog.secondLooks.insert({ ...look, opinion: 'agree' });
    catalog.secondLooks.insert({ ...look, opinion: 'wrong-reason', verdict: 'suspicious' });
    expect(catalog.secondLooks.list(b)).toMatchObject([
      { ...look, opinion: 'agree' },
      { ...look, opinion: 'wrong-reason', verdict: 'suspicious' },
    ]);
    expect(catalog.secondLooks.list(a)).toEqual([]);
  });
});

describe('queues', () => {
  it('keep their samples in order, one of a name in a dataset', () => {
    const id = catalog.queues.insert({ dataset, name: 'first', settings: { seed: 7 }, samples: [b, a] });
    expect(catalog.queues.list(dataset)).toMatchObject([{ id, name: 'first', settings: { seed: 7 }, count: 2 }]);
    expect(catalog.samples.listIds({ dataset, queue: id, sort: 'place' })).toEqual([b, a]);
    expect(() => catalog.queues.insert({ dataset, name: 'first', settings: {}, samples: [] })).toThrow(
      expect.objectContaining({ code: 'request/invalid' }),
    );
    catalog.queues.delete(id);
    expect(catalog.queues.list(dataset)).toEqual([]);
    expect(catalog.samples.listIds({ dataset, queue: id, sort: 'place' })).toEqual([]);
  });
});

describe('sessions', () => {
  it('are kept by name, the latest state of each', () => {
    expect(catalog.sessions.find('window')).toBeUndefined();
    catalog.sessions.put('window', { open: 3 });
    catalog.sessions.put('window', { open: 4 });
    expect(catalog.sessions.find('window')).toEqual({ open: 4 });
  });
});

describe('tags', () => {
  it('are given, counted and taken away', () => {
    expect(catalog.tags.insert('seen', [a, b])).toBe(2);
    expect(catalog.tags.insert('seen', [a, b])).toBe(0);
    expect(catalog.tags.insert('"odd" %_', [a])).toBe(1);
    expect(catalog.tags.list(a)).toEqual(['"odd" %_', 'seen']);
    expect(catalog.samples.page({ dataset, tags: ['"odd" %_'] }).samples).toMatchObject([
      { id: a, tags: ['"odd" %_', 'seen'] },
    ]);
    expect(catalog.tags.count(dataset)).toEqual([
      { tag: '"odd" %_', count: 1 },
      { tag: 'seen', count: 2 },
    ]);
    expect(catalog.tags.delete('seen', [b, 99])).toBe(1);
    expect(catalog.tags.list(b)).toEqual([]);
    expect(() => catalog.tags.insert('seen', [b, 99])).toThrow(expect.objectContaining({ code: 'request/invalid' }));
    expect(catalog.tags.list(b)).toEqual([]);
  });
});

describe('reports', () => {
  it('are remembered, the latest first', () => {
    const report = {
      kind: 'bias',
      title: 'Markers',
      settings: { threshold: 0.05 },
      path: '/out/a.pdf',
      sha256: hashOf('r'),
      version: '0.1.0',
    };
    const ids = ['one', 'two'].map((title) => catalog.reports.insert({ ...report, title }));
    expect(catalog.reports.list()).toMatchObject([
      { ...report, title: 'two', id: ids[1] },
      { ...report, title: 'one', id: ids[0] },
    ]);
    expect(catalog.reports.delete(ids[0] ?? 0)).toBe(true);
    expect(catalog.reports.delete(ids[0] ?? 0)).toBe(false);
  });
});

it('a transaction is all or nothing, over all of them', () => {
  const before = catalog.tags.list(a);
  expect(() => {
    catalog.transaction(() => {
      catalog.tags.insert('never', [a]);
      catalog.marks.insert({ sampleId: a, kind: 'never', shape: {}, author: '' });
      catalog.datasets.get(99);
    });
  }).toThrow('There is no dataset 99');
  expect([catalog.tags.list(a), catalog.marks.list(a)]).toEqual([before, []]);
});
