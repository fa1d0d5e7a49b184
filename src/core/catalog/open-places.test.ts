import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { verdicts } from '#shared/marks/verdict.ts';
import { createCatalogFolder, fillCatalog, makePrediction, makeSample, origin } from './small-catalog.ts';

const folder = createCatalogFolder();
const names = Array.from({ length: 40 }, (_, index) => String((index * 7) % 40).padStart(2, '0'));
const { catalog, dataset, setup } = fillCatalog(
  folder.file,
  names.map((name, index) => makeSample(name, { label: index % 3 === 0 ? 'Normal' : 'Other' })),
);
catalog.predictions.insertAll(
  { setup, origin },
  names.map((name, index) => makePrediction(name, index % 3, (index % 5) / 5)),
);
afterAll(() => {
  catalog.close();
  folder.remove();
});

const reviews = fc.uniqueArray(
  fc.record({
    sample: fc.constantFrom(...catalog.samples.listFiles(dataset).map(({ id }) => id)),
    author: fc.constantFrom('A', 'B'),
    verdict: fc.option(fc.constantFrom(...verdicts), { nil: undefined }),
  }),
  { selector: ({ sample, author }) => `${sample} ${author}`, maxLength: 80 },
);
const lists = fc.record({
  dataset: fc.constant(dataset),
  label: fc.constantFrom('Normal', undefined),
  prediction: fc.constantFrom({ setup }, { setup, correct: true }),
  sort: fc.constantFrom('path' as const, 'confidence' as const),
  descending: fc.boolean(),
});

it('finds the nearest samples a reader has not judged, in any list, round its ends', () => {
  fc.assert(
    fc.property(reviews, lists, fc.nat(45), (given, list, place) => {
      catalog.transaction(() => {
        for (const { sample, ...review } of given) catalog.reviews.put({ ...review, sampleId: sample, note: '' });
      });
      const all = catalog.samples.page({ ...list, limit: 1000 }).samples.map(({ id }) => id);
      const judged = given.filter(({ author, verdict }) => author === 'A' && verdict !== undefined);
      const open = all.flatMap((id, at) => (at !== place && !judged.some(({ sample }) => sample === id) ? [at] : []));
      const found = [false, true].map((backwards) => catalog.samples.findOpen(list, { author: 'A', place, backwards }));
      catalog.transaction(() => {
        for (const { sample, author } of given) catalog.reviews.delete(sample, author);
      });
      expect(found).toEqual([
        open.find((at) => at > place) ?? open[0],
        open.findLast((at) => at < place) ?? open.at(-1),
      ]);
    }),
    { numRuns: 60, seed: 5 },
  );
});
