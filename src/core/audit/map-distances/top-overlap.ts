import { findNthHighest } from './nth-highest.ts';
import { isConstant, pickValid, refuse } from './map-pair.ts';
import type { MapPair } from './map-pair.ts';
import { measured, undefinedBecause } from '#shared/measurement.ts';
import type { Measurement } from '#shared/measurement.ts';

const DEFAULT_SHARE = 0.05;

/**
 * Intersection over union of the places of highest relevance in both maps, 0 to 1.
 * @param share of the valid pixels that count as highest; of equal values the first in reading order.
 */
export function computeTopOverlap(pair: MapPair, share = DEFAULT_SHARE): Measurement {
  const { a, b } = pickValid(pair);
  const refusal = refuse({ a, b }, 'constant', isConstant);
  if (refusal !== undefined) return undefinedBecause(refusal);
  const count = Math.max(1, Math.round(share * a.length));
  const top = new Set(findTop(a, count));
  const common = findTop(b, count).filter((at) => top.has(at)).length;
  return measured(common / (2 * count - common));
}

/** Places of the highest values: all above the lowest that counts, and the first of those equal to it. */
function findTop(values: Float64Array, count: number): readonly number[] {
  const lowest = findNthHighest(values, count - 1);
  const above: number[] = [];
  const equal: number[] = [];
  values.forEach((value, at) => {
    if (value > lowest) above.push(at);
    else if (value === lowest) equal.push(at);
  });
  return [...above, ...equal.slice(0, count - above.length)];
}
