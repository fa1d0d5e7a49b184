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
  const similarity = meanSimilarity(pair, findSharedRange([picked.a, picked.b]));
  return similarity === undefined
    ? undefinedBecause(`no window of ${WINDOW} x ${WINDOW} is wholly valid`)
    : measured(similarity);
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

/** How many pixels of a window are not valid, at its place in the blurred maps. */
function countInvalid({ width, height, valid }: MapPair): Float64Array {
  if (!valid.includes(0)) return new Float64Array((width - WINDOW + 1) * (height - WINDOW + 1));
  const invalid = Float64Array.from(valid, (one) => (one === 1 ? 0 : 1));
  return blurInside({ width, height, values: invalid }, new Float64Array(WINDOW).fill(1));
}

/** Over windows that are wholly valid; undefined where none is. */
function meanSimilarity(pair: MapPair, range: number): number | undefined {
  const { width, height, a, b } = pair;
  const invalid = countInvalid(pair);
  const weights = gaussian();
  const blurProduct = (one: Float32Array, other: Float32Array): Float64Array => {
    const values = new Float64Array(one.length);
    for (let at = 0; at < values.length; at++) values[at] = (one[at] ?? 0) * (other[at] ?? 0);
    return blurInside({ width, height, values }, weights);
  };
  const [meanA, meanB] = [a, b].map((map) => blurInside({ width, height, values: Float64Array.from(map) }, weights));
  const [squareA, squareB, product] = [blurProduct(a, a), blurProduct(b, b), blurProduct(a, b)];
  const [c1, c2] = [(K1 * range) ** 2, (K2 * range) ** 2];
  let [sum, windows] = [0, 0];
  for (let at = 0; at < invalid.length; at++) {
    if (invalid[at] !== 0) continue;
    const [ma, mb] = [meanA?.[at] ?? 0, meanB?.[at] ?? 0];
    const variances = (squareA[at] ?? 0) - ma * ma + (squareB[at] ?? 0) - mb * mb;
    const covariance = (product[at] ?? 0) - ma * mb;
    sum += ((2 * ma * mb + c1) * (2 * covariance + c2)) / ((ma * ma + mb * mb + c1) * (variances + c2));
    windows++;
  }
  return windows === 0 ? undefined : sum / windows;
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
    const sums = across.subarray(row * columns, (row + 1) * columns);
    sumWindows(sums, { values: values.subarray(row * width, (row + 1) * width), step: 1, weights });
  }
  const sums = new Float64Array(columns * rows);
  sumWindows(sums, { values: across, step: columns, weights });
  return sums;
}

interface Taps {
  readonly values: Float64Array;
  /** From one tap to the next. */
  readonly step: number;
  /** The same from either end. */
  readonly weights: Float64Array;
}

/** Taps as far from the middle as each other are added before they are weighted: half as many products. */
function sumWindows(sums: Float64Array, { values, step, weights }: Taps): void {
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0, w4 = 0, w5 = 0] = weights;
  const at = (place: number): number => values[place] ?? 0;
  for (let first = 0; first < sums.length; first++) {
    sums[first] =
      w0 * (at(first) + at(first + 10 * step)) +
      w1 * (at(first + step) + at(first + 9 * step)) +
      w2 * (at(first + 2 * step) + at(first + 8 * step)) +
      w3 * (at(first + 3 * step) + at(first + 7 * step)) +
      w4 * (at(first + 4 * step) + at(first + 6 * step)) +
      w5 * at(first + 5 * step);
  }
}
