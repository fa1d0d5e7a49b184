import { isConstant, refuse } from './map-pair.ts';
import type { MapPair } from './map-pair.ts';
import { measured, undefinedBecause } from '#shared/measurement.ts';
import type { Measurement } from '#shared/measurement.ts';
import { poolPair } from './pooled-cells.ts';

const LEAST_CELLS = 3;

/** Spearman's rank correlation of two maps pooled to 28 x 28 cells, -1 to 1; ties have their mean rank. */
export function computeSpearman(pair: MapPair): Measurement {
  const { a, b } = poolPair(pair);
  const refusal = refuse({ a, b }, 'constant', isConstant);
  if (refusal !== undefined) return undefinedBecause(refusal);
  if (a.length < LEAST_CELLS) return undefinedBecause(`only ${a.length} cells are valid in both maps`);
  return measured(correlate(rank(a), rank(b)));
}

/** Ranks from 1; equal values share the mean of their ranks. */
export function rank(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (const at of order.slice(start, end)) ranks[at] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Pearson's correlation. */
function correlate(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, at) => {
    const [x, y] = [value - meanA, (b[at] ?? 0) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  });
  return ab / Math.sqrt(aa * bb);
}
