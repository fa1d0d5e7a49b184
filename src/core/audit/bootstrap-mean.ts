import { createRandomWords } from '#shared/random-words.ts';
import type { BootstrapOptions } from './evaluation.ts';
import { computePercentileInterval } from './interval.ts';
import type { Interval } from './interval.ts';
import { drawWeights, findResamplingUnits } from './resampling-units.ts';

/** A number of one picture, and whose picture it is. */
export interface MeasuredCase {
  /** NaN where it is not defined; such cases take no part. */
  readonly value: number;
  readonly patient?: string | undefined;
}

export interface MeanWithInterval {
  /** NaN where no case has a value. */
  readonly mean: number;
  /** Cases that have a value. */
  readonly cases: number;
  readonly unit: 'patient' | 'case';
  /** 95 %, percentile bootstrap by patient where patients are known; undefined below two units. */
  readonly interval: Interval | undefined;
}

const LEVEL = 0.95;
const DEFAULT_RESAMPLES = 2000;

/** The mean over cases, and where it would lie had other patients (or cases) been met (Efron, 1979). */
export function computeMeanInterval(
  cases: readonly MeasuredCase[],
  { resamples = DEFAULT_RESAMPLES, seed = 1 }: BootstrapOptions = {},
): MeanWithInterval {
  const known = cases.filter(({ value }) => !Number.isNaN(value));
  const units = findResamplingUnits(known);
  const even = new Uint32Array(known.length).fill(1);
  const draw = createRandomWords(`bootstrap ${seed}`);
  const draws = Float64Array.from({ length: units.count < 2 ? 0 : resamples }, () =>
    weighMean(known, drawWeights(units, draw)),
  );
  return {
    ...{ mean: weighMean(known, even), cases: known.length, unit: units.kind },
    interval: computePercentileInterval(draws, LEVEL),
  };
}

function weighMean(cases: readonly MeasuredCase[], weights: Uint32Array): number {
  let [sum, count] = [0, 0];
  cases.forEach(({ value }, at) => {
    sum += value * (weights[at] ?? 0);
    count += weights[at] ?? 0;
  });
  return sum / count;
}
