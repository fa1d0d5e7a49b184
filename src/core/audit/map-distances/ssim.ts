import { isConstant, pickValid, refuse } from './map-pair.ts';
import type { MapPair } from './map-pair.ts';
import { measured, undefinedBecause } from '#shared/measurement.ts';
import type { Measurement } from '#shared/measurement.ts';

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
    for (const value of map) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return high - low;
}

/** Places, in the blurred maps, of windows that are wholly valid. */
function findCenters({ width, height, valid }: MapPair): readonly number[] {
  const windows = (width - WINDOW + 1) * (height - WINDOW + 1);
  if (valid.every((one) => one === 1)) return Array.from({ length: windows }, (_, at) => at);
  const invalid = Float64Array.from(valid, (one) => (one === 1 ? 0 : 1));
  const counts = blurInside({ width, height, values: invalid }, new Float64Array(WINDOW).fill(1));
  return Array.from(counts.keys()).filter((at) => counts[at] === 0);
}

function meanSimilarity({ width, height, a, b }: MapPair, centers: readonly number[], range: number): number {
  const weights = gaussian();
  const blurProduct = (one: Float32Array, other: Float32Array): Float64Array => {
    const values = new Float64Array(one.length);
    for (let at = 0; at < values.length; at++) values[at] = (one[at] ?? 0) * (other[at] ?? 0);
    return blurInside({ width, height, values }, weights);
  };
  const [meanA, meanB] = [a, b].map((map) => blurInside({ width, height, values: Float64Array.from(map) }, weights));
  const [squareA, squareB, product] = [blurProduct(a, a), blurProduct(b, b), blurProduct(a, b)];
  const [c1, c2] = [(K1 * range) ** 2, (K2 * range) ** 2];
  let sum = 0;
  for (const at of centers) {
    const [ma, mb] = [meanA?.[at] ?? 0, meanB?.[at] ?? 0];
    const variances = (squareA[at] ?? 0) - ma * ma + (squareB[at] ?? 0) - mb * mb;
    const covariance = (product[at] ?? 0) - ma * mb;
    sum += ((2 * ma * mb + c1) * (2 * covariance + c2)) / ((ma * ma + mb * mb + c1) * (variances + c2));
  }
  return sum / centers.length;
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
  for (let row = 0; row < height; row++) {
    addWeighted(across.subarray(row * columns, (row + 1) * columns), { values, start: row * width, step: 1, weights });
  }
  const sums = new Float64Array(columns * rows);
  addWeighted(sums, { values: across, start: 0, step: columns, weights });
  return sums;
}

interface Taps {
  readonly values: Float64Array;
  readonly start: number;
  /** From one tap to the next. */
  readonly step: number;
  readonly weights: Float64Array;
}

/** A tap after the other over the whole stretch, which is several times quicker than a place after the other. */
function addWeighted(sums: Float64Array, { values, start, step, weights }: Taps): void {
  weights.forEach((weight, tap) => {
    const first = start + tap * step;
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + weight * (values[first + at] ?? 0);
  });
}
