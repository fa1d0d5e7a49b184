/** Samples of every sort, for tests of lists: in a catalog, and told plainly one by one. */
import type { NewAttribution } from './attributions.ts';
import type { ListedSample } from './sample-listing.ts';
import { createCatalogFolder, fillCatalog, hashOf, makePrediction, makeSample, origin } from './small-catalog.ts';

export const folder = createCatalogFolder();

export const labels = ['COVID-19', 'Normal', 'other', 'unheard of', ''] as const;
export const splits = ['Train', 'Test', ''] as const;

/** 90 samples whose facts repeat with different periods, so that every combination comes up; every ninth is a copy. */
const samples = Array.from({ length: 90 }, (_, index) => {
  const number = index % 9 === 8 ? index - 5 : index;
  return makeSample(`${index % 4}/case_${String((index * 37) % 90)} %${index % 3}.png`, {
    contentSha256: hashOf(`picture ${number}`),
    label: labels[index % 5] || undefined,
    split: splits[index % 3] || undefined,
    collection: index % 2 ? 'lung' : undefined,
  });
});

export const { catalog, dataset, model, setup } = fillCatalog(folder.file, samples);
catalog.samples.linkDuplicates(dataset);
const predictions = samples.flatMap((_, index) =>
  index % 7 === 6 ? [] : [makePrediction(`picture ${index}`, index % 3, ((index * 13) % 10) / 10)],
);
catalog.predictions.insertAll({ setup, origin }, predictions);
export const attributionSetup = catalog.setups.insert({ model, kind: 'attribution', settings: { composite: 'A' } }).id;
const arraySha256 = await catalog.arrays.save({ shape: [1], values: Float32Array.of(1) });
const attributions = samples.flatMap((_, index): NewAttribution[] =>
  index % 4 === 0 ? [] : [{ ...blankAttribution(), contentSha256: hashOf(`picture ${index}`), sum: (index * 7) % 5 }],
);
catalog.attributions.insertAll({ setup: attributionSetup, origin }, attributions);
/** Relevance for the label, where it is a class, on some pictures; some were explained for a label since corrected. */
const [conceptLayer] = catalog.concepts.layers.insertAll([
  {
    setup: catalog.setups.insert({ model, kind: 'concept', settings: {} }).id,
    ...{ name: 'conv1', channels: 3, height: 2, width: 2 },
  },
]);
export const concept = { layer: conceptLayer?.id ?? 0, channel: 1 };
export const classIndex: Readonly<Record<string, number>> = { 'COVID-19': 0, Normal: 1, other: 2 };
samples.forEach(({ contentSha256 = '', label = '' }, index) => {
  const target = classIndex[label];
  if (target === undefined || index % 6 === 5) return;
  const sums = Float32Array.of(1, ((index * 11) % 7) - 3, -1);
  catalog.concepts.insertAll(origin, [
    {
      ...{ contentSha256, explained: { label, target: index % 10 === 9 ? target + 1 : target, logit: index % 3 } },
      concepts: [{ layer: concept.layer, sums, peaks: { values: sums, positions: new Uint16Array(3) } }],
    },
  ]);
});
catalog.tags.insert('suspicious', everyNth(3));
catalog.tags.insert('seen', everyNth(2));
for (const sampleId of everyNth(4))
  catalog.reviews.put({ sampleId, author: 'A', verdict: sampleId % 3 === 0 ? 'clean' : 'unsure', note: '' });
for (const sampleId of everyNth(5)) catalog.reviews.put({ sampleId, author: 'B', verdict: 'suspicious', note: '' });
for (const sampleId of everyNth(7)) catalog.reviews.put({ sampleId, author: 'C', note: 'no verdict yet' });
for (const sampleId of everyNth(8)) catalog.reviews.lock(sampleId, 'A');
/** In an order of its own. */
export const queued: readonly number[] = everyNth(3).toSorted((a, b) => ((a * 31) % 97) - ((b * 31) % 97) || a - b);
export const queue = catalog.queues.insert({ dataset, name: 'reading', settings: { seed: 7 }, samples: queued });
for (const sampleId of everyNth(6))
  catalog.marks.insert({ sampleId, kind: sampleId % 2 === 0 ? 'ruler' : 'hair', shape: {}, author: 'A' });

function blankAttribution(): Omit<NewAttribution, 'contentSha256' | 'sum'> {
  return { composite: 'A', target: 1, initialRelevance: 1, arraySha256, provenance: {} };
}

function everyNth(step: number): readonly number[] {
  return catalog.samples.listFiles(dataset).flatMap(({ id }, index) => (index % step === 0 ? [id] : []));
}

/** Everything the catalog has, one by one, told as a list tells it. */
export const everything: readonly ListedSample[] = catalog.samples.listFiles(dataset).map(({ id }) => {
  const sample = catalog.samples.get(id);
  const prediction = catalog.predictions.find(setup, id);
  const attribution = catalog.attributions.find(attributionSetup, id);
  const answer = classIndex[sample.label ?? ''];
  const read = catalog.concepts.find(concept.layer, id);
  const [, carried = 0] = read?.sums ?? [];
  return {
    ...sample,
    tags: catalog.tags.list(id),
    prediction: prediction && {
      ...{ predicted: prediction.predicted, confidence: prediction.confidence },
      correct: answer === undefined ? undefined : answer === prediction.predicted,
    },
    attribution: attribution && { target: 1, sum: attribution.sum, arraySha256 },
    concept: read && { share: carried / (2 + Math.abs(carried) + 1e-10), target: read.target, logit: read.logit },
  };
});
