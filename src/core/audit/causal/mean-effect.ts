import { createRandomWords } from '#shared/random-words.ts';
import { computePercentileInterval, type Interval } from '../interval.ts';
import { drawWeights, findResamplingUnits } from '../resampling-units.ts';

const LEVEL = 0.95;
const RESAMPLES = 2000;

/** A number of one case, and whose it is. */
export interface OwnedValue {
  readonly value: number;
  readonly patient?: string | undefined;
}

export interface MeanWithInterval {
  readonly mean: number;
  /** 95 % percentile interval of 2,000 resamples, by patient where patients are known; undefined for a single unit. */
  readonly interval: Interval | undefined;
  readonly unit: 'patient' | 'case';
}

/** NaN of nothing. */
export function computeMeanWithInterval(values: readonly OwnedValue[], seed: number): MeanWithInterval {
  const units = findResamplingUnits(values);
  const mean = weigh(values, new Uint32Array(values.length).fill(1));
  if (units.count < 2) return { mean, interval: undefined, unit: units.kind };
  const draw = createRandomWords(`mean ${seed}`);
  const draws = Float64Array.from({ length: RESAMPLES }, () => weigh(values, drawWeights(units, draw)));
  return { mean, interval: computePercentileInterval(draws, LEVEL), unit: units.kind };
}

function weigh(values: readonly OwnedValue[], weights: Uint32Array): number {
  let [sum, total] = [0, 0];
  values.forEach(({ value }, index) => {
    sum += (weights[index] ?? 0) * value;
    total += weights[index] ?? 0;
  });
  return sum / total;
}
