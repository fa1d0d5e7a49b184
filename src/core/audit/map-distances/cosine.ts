import { isZero, pickValid, refuse } from './map-pair.ts';
import type { MapPair } from './map-pair.ts';
import { measured, undefinedBecause } from '#shared/measurement.ts';
import type { Measurement } from '#shared/measurement.ts';

/** The cosine of the angle between two maps taken as vectors of their valid pixels, -1 to 1. */
export function computeCosine(pair: MapPair): Measurement {
  const { a, b } = pickValid(pair);
  const refusal = refuse({ a, b }, 'zero', isZero);
  if (refusal !== undefined) return undefinedBecause(refusal);
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, at) => {
    const other = b[at] ?? 0;
    ab += value * other;
    aa += value * value;
    bb += other * other;
  });
  return measured(Math.min(1, Math.max(-1, ab / Math.sqrt(aa * bb))));
}
