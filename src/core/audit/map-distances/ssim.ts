import { isConstant, pickValid, refuse } from './map-pair.ts';
import type { MapPair } from './map-pair.ts';
import { measured, undefinedBecause } from './measurement.ts';
import type { Measurement } from './measurement.ts';

const WINDOW = 11;
const SIGMA = 1.5;
const [K1, K2] = [0.01, 0.03];

/**
 * Structural similarity (Wang et al., 2004): Gaussian windows of 11 x 11, sigma 1.5, K 0.01 and 0.03; the range is that of both maps
 * together, so that they are judged by one scale. The mean over windows that lie wholly inside and are wholly valid.
 */
export function computeSsim(pair: MapPair): Measurement {
  const { width, height } = pair;
  if (Math.min(width, height) < WINDOW) {
    return undefinedBecause(`maps of ${width} x ${height} pixels are smaller than the window of ${WINDOW} x ${WINDOW}`);
  }
  const picked = pickValid(pair);
  const refusal = refuse(picked, 'constant', isConstant);
  if (refusal !== undefined) return undefinedBecause(refusal);
  const centers = findCenters(pair);
  if (centers.length === 0) return undefinedBecause(`no window of ${WINDOW} x ${WINDOW} is wholly valid`);
  return measured(meanSimilarity(pair, centers, findSharedRange([picked.a, picked.b])));
}

function findSharedRange(maps: readonly Float64Array[]): number {
  let [low, high] = [Infinity, -Infinity];
  for (const map of maps) {
    for (const value of map) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  return high - low;
}

/** Middles of wholly valid windows, as they lie in the blurred maps. */
function findCenters({ width, height, valid }: MapPair): readonly number[] {
  const invalid = Float64Array.from(valid, (one) => (one === 1 ? 0 : 1));
  const even = new Float64Array(WINDOW).fill(1);
  const counts = blurInside({ width, height, values: invalid }, even);
  return Array.from(counts.keys()).filter((at) => counts[at] === 0);
}

function meanSimilarity({ width, height, a, b }: MapPair, centers: readonly number[], range: number): number {
  const weights = gaussian();
  const blur = (value: (at: number) => number): Float64Array =>
    blurInside({ width, height, values: Float64Array.from(a, (_, at) => value(at)) }, weights);
  const [at, bt] = [(i: number): number => a[i] ?? 0, (i: number): number => b[i] ?? 0];
  const [meanA, meanB] = [blur(at), blur(bt)];
  const squares = { aa: blur((i) => at(i) ** 2), bb: blur((i) => bt(i) ** 2), ab: blur((i) => at(i) * bt(i)) };
  const [c1, c2] = [(K1 * range) ** 2, (K2 * range) ** 2];
  const similarities = centers.map((i) => {
    const [ma, mb] = [meanA[i] ?? 0, meanB[i] ?? 0];
    const [va, vb] = [(squares.aa[i] ?? 0) - ma * ma, (squares.bb[i] ?? 0) - mb * mb];
    const covariance = (squares.ab[i] ?? 0) - ma * mb;
    return ((2 * ma * mb + c1) * (2 * covariance + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
  });
  return similarities.reduce((sum, value) => sum + value, 0) / similarities.length;
}

function gaussian(): Float64Array {
  const reach = (WINDOW - 1) / 2;
  const weights = new Float64Array(WINDOW).map((_, at) => Math.exp(-((at - reach) ** 2) / (2 * SIGMA ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

interface Grid {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** Weighted sums over windows that lie wholly inside: (height - 10) x (width - 10). */
function blurInside({ width, height, values }: Grid, weights: Float64Array): Float64Array {
  const [columns, rows] = [width - WINDOW + 1, height - WINDOW + 1];
  const across = new Float64Array(columns * height);
  for (let at = 0; at < across.length; at++) {
    const start = Math.floor(at / columns) * width + (at % columns);
    for (let tap = 0; tap < WINDOW; tap++)
      across[at] = (across[at] ?? 0) + (weights[tap] ?? 0) * (values[start + tap] ?? 0);
  }
  const sums = new Float64Array(columns * rows);
  for (let at = 0; at < sums.length; at++) {
    for (let tap = 0; tap < WINDOW; tap++)
      sums[at] = (sums[at] ?? 0) + (weights[tap] ?? 0) * (across[at + tap * columns] ?? 0);
  }
  return sums;
}
