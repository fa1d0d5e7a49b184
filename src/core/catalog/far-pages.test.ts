import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { PredictionFilter } from './sample-filter.ts';
import type { SamplePage } from './sample-page.ts';
import { createCatalogFolder, fillCatalog, hashOf, makePrediction, makeSample, origin } from './small-catalog.ts';

const folder = createCatalogFolder();
afterAll(() => {
  catalog.close();
  folder.remove();
});

/** The last one is no class of the model. */
const labels = ['COVID-19', 'Normal', 'other', 'unheard of'] as const;

interface Case {
  readonly path: string;
  readonly split: string;
  readonly label: string;
  readonly collection: string;
  readonly predicted: number | undefined;
  readonly confidence: number;
  readonly sum: number | undefined;
}

/** Enough for pages behind the first thousand; of 48 groups, more than are compared one by one; all periods differ. */
const cases = Array.from({ length: 3000 }, (_, index): Case => {
  return {
    path: String((index * 37) % 3000).padStart(4, '0'),
    split: ['Train', 'Test'][index % 2] ?? '',
    label: labels[Math.trunc(index / 2) % 4] ?? '',
    collection: `part ${index % 6} of ${index % 5 === 0 ? 7 : 8}`,
    predicted: index % 11 === 0 ? undefined : Math.trunc(index / 3) % 3,
    confidence: (index % 13) / 13,
    sum: index % 17 === 0 ? undefined : (index * 7919) % 101,
  };
});

const { catalog, dataset, model, setup } = fillCatalog(
  folder.file,
  cases.map(({ path, split, label, collection }) => makeSample(path, { split, label, collection })),
);
catalog.predictions.insertAll(
  { setup, origin },
  cases.flatMap(({ path, predicted, confidence }) =>
    predicted === undefined ? [] : [makePrediction(path, predicted, confidence)],
  ),
);
const attribution = catalog.setups.insert({ model, kind: 'attribution', settings: {} }).id;
const arraySha256 = await catalog.arrays.save({ shape: [1], values: Float32Array.of(1) });
catalog.attributions.insertAll(
  { setup: attribution, origin },
  cases.flatMap(({ path, sum }) =>
    sum === undefined
      ? []
      : [
          {
            contentSha256: hashOf(path),
            sum,
            composite: 'A',
            target: 1,
            initialRelevance: 1,
            arraySha256,
            provenance: {},
          },
        ],
  ),
);
const ids = new Map(catalog.samples.listFiles(dataset).map(({ id, path }) => [path, id]));

interface Filter {
  readonly split: string | undefined;
  readonly label: string | undefined;
  readonly prediction: PredictionFilter;
}

function passes(one: Case, { split, label, prediction }: Filter): boolean {
  const { predicted, correct, confidenceAbove = 0, confidenceBelow = 2 } = prediction;
  const answer = labels.slice(0, 3).indexOf(one.label as 'Normal');
  const isCorrect = answer < 0 ? undefined : answer === one.predicted;
  const fits = (value: unknown, wanted: unknown): boolean => wanted === undefined || value === wanted;
  const isSure = one.confidence >= confidenceAbove && one.confidence < confidenceBelow;
  const isThere = one.predicted !== undefined && one.sum !== undefined;
  const isIn = fits(one.split, split) && fits(one.label, label);
  return isThere && isIn && isSure && fits(one.predicted, predicted) && fits(isCorrect, correct);
}

/** Mostly not given, so that thousands pass. */
const maybe = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: values });

const requests = fc.record({
  filter: fc.record({
    split: maybe(fc.constantFrom('Train', 'Test')),
    label: maybe(fc.constantFrom(...labels)),
    prediction: fc.record({
      setup: fc.constant(setup),
      predicted: maybe(fc.nat(2)),
      correct: maybe(fc.boolean()),
      confidenceAbove: maybe(fc.constantFrom(0.1, 0.5)),
      confidenceBelow: maybe(fc.constantFrom(0.5, 0.9)),
    }),
  }),
  sort: fc.constantFrom('sum' as const, 'confidence' as const, 'path' as const),
  descending: fc.boolean(),
  offset: fc.constantFrom(0, 50, 999, 1000, 1200, 1399, 1500, 2300, 2600),
});

/** What decides the order, then the id. */
function listPlainly(filter: Filter, sort: 'sum' | 'confidence' | 'path'): readonly number[] {
  const value = (one: Case): number => (sort === 'path' ? Number(one.path) : (one[sort] ?? 0));
  const idOf = ({ path }: Case): number => ids.get(path) ?? 0;
  const found = cases.filter((one) => passes(one, filter));
  return found.sort((left, right) => value(left) - value(right) || idOf(left) - idOf(right)).map(idOf);
}

it('finds samples by what both kinds of results say, wherever in the list they stand', () => {
  let far = 0;
  fc.assert(
    fc.property(requests, ({ filter, sort, descending, offset }) => {
      const all = listPlainly(filter, sort);
      const expected = descending ? all.toReversed() : all;
      const request = { dataset, ...filter, attribution: { setup: attribution } };
      expect(catalog.samples.count(request)).toBe(expected.length);
      const ask = (): SamplePage => catalog.samples.page({ ...request, sort, descending, offset, limit: 200 });
      const page = ask();
      expect(page.samples.map(({ id }) => id)).toEqual(expected.slice(offset, offset + 200));
      // Far from the ends the second answer makes the order of all, the third is read from it.
      expect([ask(), ask()]).toEqual([page, page]);
      if (offset >= 1000 && page.samples.length > 0) far++;
      if (!page.next) return;
      const { samples } = catalog.samples.page({ ...request, sort, descending, after: page.next, limit: 7 });
      expect(samples.map(({ id }) => id)).toEqual(expected.slice(offset + 200, offset + 207));
    }),
    { numRuns: 300, seed: 11 },
  );
  expect(far).toBeGreaterThan(30);
});

it('a list that is known is looked at anew when a sample changes', () => {
  const request = { dataset, attribution: { setup: attribution }, sort: 'sum', offset: 1500, limit: 3 } as const;
  const ask = (): readonly number[] => catalog.samples.page(request).samples.map(({ id }) => id);
  const before = [ask(), ask(), ask()];
  const [first = 0, second = 0] = before[0] ?? [];
  catalog.tags.insert('seen', [first]);
  expect(catalog.samples.page(request).samples[0]?.tags).toEqual(['seen']);
  expect(() =>
    catalog.transaction(() => {
      catalog.samples.deleteAll([second]);
      expect([ask(), ask(), ask()].every((ids) => !ids.includes(second))).toBe(true);
      throw new Error('undone');
    }),
  ).toThrow('undone');
  expect([ask(), ask(), ask()]).toEqual(before);
});
