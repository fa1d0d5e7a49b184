/** Cases for tests: seeded, with features that tell the class, or tell nothing. */
import { createRandomWords } from '#shared/random-words.ts';
import type { LabelQuestion } from './label-question.ts';
import type { CategoryFeature, NumberFeature } from './trivial-feature.ts';

export interface HandMade {
  readonly draw: () => number;
  readonly isPositive: Uint8Array;
  readonly units: Uint32Array;
}

/** Every `of`-th case is positive. */
export function makeCases(count: number, seed: number, of = 3): HandMade {
  const words = createRandomWords(`features ${seed}`);
  return {
    draw: () => words() / 2 ** 32,
    isPositive: Uint8Array.from({ length: count }, (_, at) => Number(at % of === 0)),
    units: Uint32Array.from({ length: count }, (_, at) => at),
  };
}

export const number = (name: string, values: Iterable<number>): NumberFeature => ({
  ...{ kind: 'number', name, definition: '', values: Float64Array.from(values) },
});

export const category = (name: string, values: Iterable<string>): CategoryFeature => ({
  ...{ kind: 'category', name, definition: '', values: [...values] },
});

export const ask = (
  cases: HandMade,
  features: LabelQuestion['features'],
  change: Partial<LabelQuestion> = {},
): LabelQuestion => ({
  ...{ features, isPositive: cases.isPositive, units: cases.units, sources: undefined, seed: 1, ...change },
});
