import { openCatalog } from './catalog.ts';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { SampleFilter } from './sample-filter.ts';
import type { SampleOrder } from './page-request.ts';
import type { ListedSample } from './sample-listing.ts';
import { attributionSetup, catalog, concept, dataset, folder, labels, queue, setup, splits } from './many-samples.ts';
import { listPlainly, listVerdicts } from './plain-sample-list.ts';
import { makeSample } from './small-catalog.ts';

afterAll(() => {
  catalog.close();
  folder.remove();
});

const countAll = <Value>(values: readonly Value[], namesOf: (value: Value) => readonly string[]): object => {
  const counts: Record<string, number> = {};
  for (const value of values) for (const name of new Set(namesOf(value))) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

const count = <Value>(values: readonly Value[], nameOf: (value: Value) => string): object =>
  countAll(values, (value) => [nameOf(value)]);

const tally = <Row extends { readonly count: number }>(rows: readonly Row[], nameOf: (row: Row) => string): object =>
  Object.fromEntries(rows.map((row) => [nameOf(row), row.count]));

const maybe = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(values, { nil: undefined });

const filters: fc.Arbitrary<SampleFilter> = fc.record({
  dataset: fc.constant(dataset),
  split: maybe(fc.constantFrom(...splits, ['Train', ''])),
  label: maybe(fc.constantFrom(...labels, ['Normal', 'other'])),
  collection: maybe(fc.constantFrom('lung', '', 'none such')),
  tags: maybe(fc.subarray(['suspicious', 'seen', 'never given'])),
  text: maybe(fc.constantFrom('CASE_1', '%1', '_2', '3/', '', '\\')),
  ids: maybe(fc.uniqueArray(fc.integer({ min: 1, max: 95 }), { maxLength: 60 })),
  duplicates: maybe(fc.boolean()),
  attribution: maybe(fc.constant({ setup: attributionSetup })),
  prediction: maybe(
    fc.record({
      setup: fc.constant(setup),
      predicted: maybe(fc.oneof(fc.nat(2), fc.subarray([0, 1, 2]))),
      correct: maybe(fc.boolean()),
      confidenceAbove: maybe(fc.constantFrom(0, 0.3, 0.9)),
      confidenceBelow: maybe(fc.constantFrom(0.3, 0.7)),
      confidenceWithin: maybe(fc.subarray([[0, 0.2] as const, [0.4, 0.7] as const])),
    }),
  ),
  verdicts: maybe(fc.subarray(['none', 'clean', 'unsure', 'suspicious'] as const)),
  reader: maybe(fc.constantFrom('A', 'B', 'nobody')),
  lockedBy: maybe(fc.constantFrom('A', 'B')),
  queue: maybe(fc.constant(queue)),
  markKinds: maybe(fc.subarray(['ruler', 'hair', 'never drawn'])),
  unattributed: maybe(fc.constant({ setup: attributionSetup })),
  concept: maybe(
    fc.record({
      ...{ layer: fc.constant(concept.layer), channel: fc.constant(concept.channel) },
      shareAbove: maybe(fc.constantFrom(-0.5, 0, 0.3)),
      shareBelow: maybe(fc.constantFrom(0, 0.4)),
    }),
  ),
});

/** Filters of every kind together, and pages of lists in every order there then is. */
const requests = filters.chain((filter) =>
  fc.record({
    filter: fc.constant(filter),
    sort: fc.constantFrom<SampleOrder[]>(
      'path',
      ...(filter.prediction ? (['confidence'] as const) : []),
      ...(filter.attribution ? (['sum'] as const) : []),
      ...(filter.concept ? (['share'] as const) : []),
      ...(filter.queue === undefined ? [] : (['place'] as const)),
    ),
    descending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 40 }),
    offset: fc.nat(30),
  }),
);

describe('samples.page', () => {
  it('gives what looking through all samples one by one gives', () => {
    fc.assert(
      fc.property(requests, ({ filter, limit, offset, ...order }) => {
        const show = { prediction: setup, attribution: attributionSetup };
        const expected = listPlainly(filter, order);
        expect(catalog.samples.count(filter)).toBe(expected.length);
        const page = catalog.samples.page({ ...filter, ...order, limit, offset, show });
        expect(page.samples).toEqual(expected.slice(offset, offset + limit));
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it('divides what a filter leaves as counting sample by sample does', () => {
    const { facets } = catalog.samples;
    fc.assert(
      fc.property(filters, (filter) => {
        const left = listPlainly(filter, { sort: 'path', descending: false });
        const group = ({ split = '', label = '' }: ListedSample): string => `${split}/${label}`;
        expect(tally(facets.countGroups(filter), ({ split, label }) => `${split}/${label}`)).toEqual(
          count(left, group),
        );
        expect(tally(facets.countTags(filter), ({ tag }) => tag)).toEqual(countAll(left, ({ tags }) => tags));
        const kinds = ({ id }: ListedSample): readonly string[] => catalog.marks.list(id).map(({ kind }) => kind);
        expect(tally(facets.countMarkKinds(filter), ({ kind }) => kind)).toEqual(countAll(left, kinds));
        const verdicts = (sample: ListedSample): readonly string[] => listVerdicts(sample, filter);
        expect(facets.countVerdicts(filter)).toEqual(countAll(left, verdicts));
        expect(facets.countJudged(filter)).toBe(left.filter((sample) => verdicts(sample).length > 0).length);
        const { prediction } = filter;
        if (!prediction) return;
        const predicted = (sample: ListedSample): string => `${group(sample)}/${String(sample.prediction?.predicted)}`;
        const cells = facets.countPredicted({ ...filter, prediction });
        expect(tally(cells, (cell) => `${cell.split}/${cell.label}/${cell.predicted}`)).toEqual(count(left, predicted));
        const sure = (low: number, high: number): number =>
          left.filter(({ prediction: made }) => made && made.confidence >= low && made.confidence < high).length;
        const bands = facets.countConfidence({ ...filter, prediction }, [0, 0.5, 0.8]);
        expect(bands).toEqual([sure(0, 0.5), sure(0.5, 0.8), sure(0.8, 2)]);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it('tells the ids of a stretch of any length in the order of the list', () => {
    fc.assert(
      fc.property(requests, ({ filter, limit, offset, ...order }) => {
        const ids = listPlainly(filter, order).map(({ id }) => id);
        expect(catalog.samples.listIds({ ...filter, ...order })).toEqual(ids);
        expect(catalog.samples.listIds({ ...filter, ...order, offset, limit })).toEqual(
          ids.slice(offset, offset + limit),
        );
      }),
      { numRuns: 100, seed: 12 },
    );
  });

  it('lists in a catalog that is only read as in one that is written', () => {
    const reading = openCatalog(catalog.file, { readonly: true });
    fc.assert(
      fc.property(requests, ({ filter, limit, offset, ...order }) => {
        const request = { ...filter, ...order, limit, offset };
        expect(reading.samples.page(request)).toEqual(catalog.samples.page(request));
        expect(reading.samples.count(filter)).toBe(catalog.samples.count(filter));
      }),
      { numRuns: 100, seed: 9 },
    );
    reading.close();
  });

  it('pages on behind the last sample without losing or repeating one', () => {
    fc.assert(
      fc.property(requests, ({ filter, limit, sort, descending }) => {
        const order = { sort, descending };
        const found: number[] = [];
        let page = catalog.samples.page({ ...filter, ...order, limit });
        found.push(...page.samples.map(({ id }) => id));
        while (page.next) {
          page = catalog.samples.page({ ...filter, ...order, limit, after: page.next });
          found.push(...page.samples.map(({ id }) => id));
        }
        expect(found).toEqual(listPlainly(filter, order).map(({ id }) => id));
      }),
      { numRuns: 100, seed: 8 },
    );
  });

  it.each([999, 1000, 1399, 1400, 1500, 2599, 2750, 2799, 2800, 5000])(
    'finds the samples behind the first %i',
    (offset) => {
      const far = catalog.datasets.find('far')?.id ?? createFarDataset();
      const all = catalog.samples.listFiles(far).map(({ path }) => path);
      for (const descending of [false, true]) {
        const inOrder = descending ? all.toReversed() : all;
        const { samples: found, next } = catalog.samples.page({ dataset: far, descending, offset, limit: 200 });
        expect(found.map(({ path }) => path)).toEqual(inOrder.slice(offset, offset + 200));
        expect(next?.value).toBe(offset + 200 <= 2800 ? inOrder[offset + 199] : undefined);
      }
    },
  );

  function createFarDataset(): number {
    const { id } = catalog.datasets.insert({ name: 'far', folder: '/', layout: 'csv', profile: 'basic', recipe: {} });
    catalog.samples.insertAll(
      id,
      Array.from({ length: 2800 }, (_, index) => makeSample(`${(index * 37) % 2800}`)),
    );
    return id;
  }

  it('shows results of the filter alone unless asked for others', () => {
    const [sample] = catalog.samples.page({ dataset, prediction: { setup }, limit: 1 }).samples;
    expect(sample?.prediction).toBeDefined();
    expect(sample?.attribution).toBeUndefined();
  });

  it.each([
    [{ sort: 'confidence' as const }, 'choose a setup'],
    [{ sort: 'sum' as const }, 'choose a setup'],
    [{ limit: 0 }, 'not 0'],
    [{ limit: 1001 }, 'not 1001'],
    [{ offset: -1 }, 'not at -1'],
    [{ offset: 0.5 }, 'not at 0.5'],
  ])('refuses %j in a sentence', (request, sentence) => {
    expect(() => catalog.samples.page({ dataset, ...request })).toThrow(sentence);
  });

  it('finds nothing in a dataset that is not there', () => {
    expect(catalog.samples.page({ dataset: 99 }).samples).toEqual([]);
    expect(catalog.samples.count({ dataset: 99, prediction: { setup, correct: true } })).toBe(0);
  });
});
