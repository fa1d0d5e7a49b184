import { isZero, refuse } from './map-pair.ts';
import type { MapPair } from './map-pair.ts';
import { measured, undefinedBecause } from '#shared/measurement.ts';
import type { Measurement } from '#shared/measurement.ts';
import { poolPair } from './pooled-cells.ts';

/**
 * The share of relevance that lies where the two maps have opposite signs, 0 to 1. Both maps are pooled to 28 x 28 cells, as single
 * pixels change their sign by resampling alone, and brought to a sum of magnitudes of 1: half of the magnitudes, of both, in those cells.
 */
export function computeSignFlips(pair: MapPair): Measurement {
  const { a, b } = poolPair(pair);
  const refusal = refuse({ a, b }, 'zero', isZero);
  if (refusal !== undefined) return undefinedBecause(refusal);
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + Math.abs(value), 0);
  const [totalA, totalB] = [total(a), total(b)];
  const flipped = a.reduce((sum, value, at) => {
    const other = b[at] ?? 0;
    return value * other < 0 ? sum + Math.abs(value) / totalA + Math.abs(other) / totalB : sum;
  }, 0);
  return measured(flipped / 2);
}
