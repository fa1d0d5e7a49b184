import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Catalog } from './catalog.ts';
import type { ConceptLayer } from './concept-layers.ts';
import type { ConceptScope } from './concept-scope.ts';
import type { WalkedConcept } from './concepts.ts';
import { createCatalogFolder, fillCatalog, hashOf, makeSample, origin, type CatalogFolder } from './small-catalog.ts';

let folder: CatalogFolder;
let catalog: Catalog;
let dataset: number;
let layers: readonly ConceptLayer[];
beforeEach(() => {
  folder = createCatalogFolder();
  const samples = [
    ...[makeSample('a', { label: 'Normal' }), makeSample('b', { label: 'normal' }), makeSample('c', { split: 'Test' })],
    makeSample('copy of a', { contentSha256: hashOf('a'), label: 'Normal', split: 'Test' }),
    makeSample('other of a', { contentSha256: hashOf('a'), label: 'Other', split: 'Val' }),
    makeSample('cyst', { label: 'cyst' }),
    makeSample('unreadable', { unreadable: 'It is cut off.', label: 'Normal' }),
  ];
  let model: number;
  ({ catalog, dataset, model } = fillCatalog(folder.file, samples));
  const setup = catalog.setups.insert({ model, kind: 'concept', settings: {} }).id;
  layers = catalog.concepts.layers.insertAll([
    { setup, name: 'conv2', channels: 2, height: 300, width: 200 },
    { setup, name: 'large', channels: 2, height: 300, width: 300 },
    { setup, name: 'fc', channels: 2, height: undefined, width: undefined },
  ]);
});
afterEach(() => {
  catalog.close();
  folder.remove();
});

const idOf = (path: string): number => catalog.samples.find(dataset, path)?.id ?? 0;
const classes = ['COVID-19', 'Normal', 'Other'];
const layerId = (place: number): number => layers[place]?.id ?? 0;
const values = (sums: readonly [number, number], last = 59_999) => ({
  ...{ sums: Float32Array.from(sums) },
  peaks: { values: Float32Array.of(sums[0] / 2, 7), positions: Uint32Array.of(3, last) },
});
const explain = (label: string) => ({
  ...{ label, logit: 2, target: classes.findIndex((name) => name.toLowerCase() === label.toLowerCase()) },
});

function insert(content: string, label: string | undefined, sums: readonly [number, number]): number {
  const concepts = layers.map(({ id, height = 1, width = 1 }) => ({
    ...{ layer: id, ...values(sums, height * width - 1) },
  }));
  const reading = { contentSha256: hashOf(content), concepts };
  return catalog.concepts.insertAll(origin, [
    { ...reading, explained: label === undefined ? undefined : explain(label) },
  ]);
}

function walk(scope: Partial<ConceptScope>, channel?: number): readonly WalkedConcept[] {
  const walked: WalkedConcept[] = [];
  const whole = { dataset, classes, ...scope };
  catalog.concepts.walk({ layer: layerId(0), scope: whole, channel }, (concept) => walked.push(concept));
  return walked.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

const pathsOf = (samples: readonly { path: string }[]): readonly string[] => samples.map(({ path }) => path);

describe('what concepts carry', () => {
  it('comes back as it was, whatever the number of positions', () => {
    insert('a', 'Normal', [1.5, -2]);
    for (const [place, last] of [59_999, 89_999].entries()) {
      const found = catalog.concepts.find(layerId(place), idOf('a'));
      expect(found).toMatchObject({ target: 1, logit: 2, absolute: 3.5, peakAbsolute: 7.75 });
      expect([...(found?.sums ?? [])]).toEqual([1.5, -2]);
      expect([...(found?.peaks.values ?? [])]).toEqual([0.75, 7]);
      expect([...(found?.peaks.positions ?? [])]).toEqual([3, last]);
    }
    const flat = catalog.concepts.find(layerId(2), idOf('a'));
    expect([flat?.peaks.values, [...(flat?.peaks.positions ?? [])]]).toEqual([Float32Array.of(1.5, -2), [0, 0]]);
    expect(catalog.concepts.find(layerId(0), idOf('b'))).toBeUndefined();
  });

  it('stands at every sample that shows the picture under the label that was explained', () => {
    expect(insert('a', 'Normal', [1, 2])).toBe(2 * layers.length);
    expect(catalog.concepts.find(layerId(0), idOf('copy of a'))?.sums).toEqual(Float32Array.of(1, 2));
    expect(catalog.concepts.find(layerId(0), idOf('other of a'))).toBeUndefined();
    expect(insert('a', undefined, [3, 4])).toBe(3 * layers.length);
    expect(catalog.concepts.find(layerId(0), idOf('other of a'))).toMatchObject({
      target: undefined,
      logit: undefined,
    });
  });

  it('is walked through by picture, all channels or one', () => {
    insert('a', 'Normal', [97, -5]);
    insert('b', 'normal', [9, 8]);
    const [a, b] = walk({}, 1);
    expect([a?.sums, b?.sums]).toEqual([Float32Array.of(-5), Float32Array.of(8)]);
    expect([b?.peaks.values, b?.peaks.positions]).toEqual([Float32Array.of(7), Uint16Array.of(59_999)]);
    expect(b).toMatchObject({ target: 1, logit: 2, absolute: 17, peakAbsolute: 11.5, label: 'normal', split: '' });
    expect(walk({})[1]?.sums).toEqual(Float32Array.of(9, 8));
    expect(pathsOf(walk({ split: 'Test' }))).toEqual(['copy of a']);
    expect(() => walk({}, 2)).toThrow('Layer "conv2" has the channels 0 to 1, not 2');
  });

  it('counts for the label a sample has now', () => {
    insert('b', 'normal', [1, 1]);
    expect(pathsOf(walk({}))).toEqual(['b']);
    catalog.samples.updateAll(dataset, [makeSample('b', { label: 'Other' })]);
    expect(walk({})).toEqual([]);
    expect(pathsOf(catalog.concepts.listUnread([layerId(0)], { dataset, classes }))).toContain('b');
  });
});

describe('what a job still has to read', () => {
  const unread = (ids: readonly number[], scope: Partial<ConceptScope> = {}) =>
    catalog.concepts.listUnread(ids, { dataset, classes, ...scope });

  it('is every picture with a known label once, for activations every picture', () => {
    expect(unread([layerId(0)])).toEqual([
      { id: idOf('a'), path: 'a', contentSha256: hashOf('a'), label: 'Normal' },
      { id: idOf('b'), path: 'b', contentSha256: hashOf('b'), label: 'normal' },
    ]);
    expect(pathsOf(unread([layerId(0)], { classes: undefined }))).toEqual(['a', 'b', 'c', 'cyst']);
  });

  it('is the sample that others are copies of, where they are known', () => {
    catalog.samples.linkDuplicates(dataset);
    expect(pathsOf(unread([layerId(0)], { split: ['Test', 'Val'] }))).toEqual(['copy of a']);
    expect(pathsOf(unread([layerId(0)]))).toEqual(['a', 'b']);
  });

  it('shrinks by what is read of all layers', () => {
    catalog.concepts.insertAll(origin, [
      { contentSha256: hashOf('a'), explained: explain('Normal'), concepts: [{ layer: layerId(0), ...values([1, 1]) }] },
    ]); // prettier-ignore
    expect(pathsOf(unread([layerId(0)]))).toEqual(['b']);
    expect(pathsOf(unread([layerId(0), layerId(1)]))).toEqual(['a', 'b']);
  });
});

describe('samples by what a concept carries', () => {
  const page = (shareAbove: number | undefined, more: object = {}) =>
    catalog.samples.page({
      ...{ dataset, concept: { layer: layerId(0), channel: 1, shareAbove }, sort: 'share', descending: true },
      ...more,
    } as const).samples;

  beforeEach(() => {
    insert('a', 'Normal', [1, 3]);
    catalog.concepts.insertAll(origin, [
      { contentSha256: hashOf('b'), explained: { label: 'normal', target: 1, logit: -1 }, concepts: [{ layer: layerId(0), ...values([-3, 1]) }] },
    ]); // prettier-ignore
  });

  it('are sorted by share, and left out below it', () => {
    const shares = page(undefined).map(({ path, concept }) => [path, concept?.share, concept?.logit]);
    expect(shares).toEqual([
      ['copy of a', 3 / (4 + 1e-10), 2],
      ['a', 3 / (4 + 1e-10), 2],
      ['b', 1 / (4 + 1e-10), -1],
    ]);
    expect(pathsOf(page(0.5))).toEqual(['copy of a', 'a']);
    expect(pathsOf(page(0.5, { split: 'Test' }))).toEqual(['copy of a']);
    expect(pathsOf(page(0.2, { label: 'normal' }))).toEqual(['b']);
    const filter = { dataset, concept: { layer: layerId(0), channel: 0, shareBelow: 0 } };
    expect([catalog.samples.count(filter), pathsOf(catalog.samples.page(filter).samples)]).toEqual([1, ['b']]);
  });

  it('go together with other filters', () => {
    catalog.tags.insert('odd', [idOf('a')]);
    expect(pathsOf(page(0.1, { tags: ['odd'] }))).toEqual(['a']);
    expect(pathsOf(page(0.1, { text: 'copy' }))).toEqual(['copy of a']);
    const [first] = page(undefined, { limit: 1 });
    const { next } = catalog.samples.page({
      ...{ dataset, concept: { layer: layerId(0), channel: 1 }, sort: 'share', descending: true, limit: 1 },
    } as const);
    expect(first?.path).toBe('copy of a');
    expect(pathsOf(page(undefined, { after: next, limit: 1 }))).toEqual(['a']);
    expect(() => catalog.samples.page({ dataset, sort: 'share' })).toThrow('by share where a concept is chosen');
  });

  it('leave out what was explained for another label', () => {
    catalog.samples.updateAll(dataset, [makeSample('a', { label: 'Other' })]);
    expect(pathsOf(page(0.5))).toEqual(['copy of a']);
  });
});

it('a picture that comes anew gets what is known of it under its label', () => {
  insert('a', 'Normal', [1, 2]);
  catalog.samples.insertAll(dataset, [
    makeSample('again', { contentSha256: hashOf('a'), label: 'Normal' }),
    makeSample('against', { contentSha256: hashOf('a'), label: 'COVID-19' }),
  ]);
  expect(catalog.concepts.find(layerId(2), idOf('again'))?.sums).toEqual(Float32Array.of(1, 2));
  expect(catalog.concepts.find(layerId(2), idOf('against'))).toBeUndefined();
  catalog.samples.deleteAll([idOf('again')]);
  expect(pathsOf(walk({}))).toEqual(['a']);
});
