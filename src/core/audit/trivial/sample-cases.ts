import { createRandomWords } from '#shared/random-words.ts';
import type { LabelQuestion } from './label-question.ts';
import { shuffle } from './folds.ts';
import type { TrivialFeature } from './trivial-feature.ts';

/** Places of `most` cases drawn at random, in rising order; of all where there are no more. Seeded. */
export function sampleCases(count: number, most: number, seed: number): readonly number[] {
  const all = Array.from({ length: count }, (_, at) => at);
  if (count <= most) return all;
  return shuffle(all, createRandomWords(`cases ${seed}`)).slice(0, most).sort((a, b) => a - b); // prettier-ignore
}

/** The same question about some of its cases. */
export function pickCases(question: LabelQuestion, places: readonly number[] | undefined): LabelQuestion {
  if (!places || places.length === question.isPositive.length) return question;
  const { features, isPositive, units, sources, seed } = question;
  return {
    features: features.map((feature) => pickValues(feature, places)),
    isPositive: Uint8Array.from(places, (at) => isPositive[at] ?? 0),
    units: Uint32Array.from(places, (at) => units[at] ?? 0),
    sources: sources && places.map((at) => sources[at] ?? ''),
    seed,
  };
}

const pickValues = (feature: TrivialFeature, places: readonly number[]): TrivialFeature =>
  feature.kind === 'number'
    ? { ...feature, values: Float64Array.from(places, (at) => feature.values[at] ?? NaN) }
    : { ...feature, values: places.map((at) => feature.values[at] ?? '') };
