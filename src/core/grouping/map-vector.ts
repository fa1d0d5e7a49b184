import { poolMap, type RelevanceMap } from './pool-map.ts';

/** Why a map takes no part. */
export type LeftOutReason = 'not finite' | 'constant';

/** Below this share of the largest value, differences within a map are rounding. */
const LEAST_SPREAD = 1e-6;

/**
 * A map as the groups are made from it: means over side x side cells, divided by their Euclidean length, so that what counts is where relevance
 * lies and with which sign, not how much of it there is. A map that says nothing about places is told by its reason.
 */
export function vectorizeMap(map: RelevanceMap, side: number): Float64Array | LeftOutReason {
  const pooled = poolMap(map, side);
  if (!pooled.every(Number.isFinite)) return 'not finite';
  const [low, high] = [Math.min(...pooled), Math.max(...pooled)];
  if (high - low <= LEAST_SPREAD * Math.max(Math.abs(low), Math.abs(high))) return 'constant';
  // In steps, so that squares of very small relevance do not vanish.
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const scaled = pooled.map((value) => value / largest);
  const length = Math.sqrt(scaled.reduce((sum, value) => sum + value * value, 0));
  return scaled.map((value) => value / length);
}
