import { measured, undefinedBecause, type Measurement } from '#shared/measurement.ts';

/** How the score of a class falls as regions are taken away; the first value is that of the whole picture, the last of nothing left. */
export type FlippingCurve = readonly number[];

/** Mean height of the curve by the trapezoid rule over 0..1. */
export function computeFlippingArea(curve: FlippingCurve): number {
  const steps = curve.slice(1).map((value, at) => (value + (curve[at] ?? 0)) / 2);
  return steps.reduce((sum, value) => sum + value, 0) / steps.length;
}

/**
 * Symmetric relevance gain (Bluecher et al., TMLR 2024): the area of the curve with the least relevant regions taken first less that
 * with the most relevant first. Above zero the map orders regions by what they do; random orders give zero on average.
 */
export function computeRelevanceGain(leastFirst: FlippingCurve, mostFirst: FlippingCurve): Measurement {
  if (Math.min(leastFirst.length, mostFirst.length) < 2) return undefinedBecause('a curve needs at least two points');
  if (![...leastFirst, ...mostFirst].every(Number.isFinite)) return undefinedBecause('a score is not finite');
  return measured(computeFlippingArea(leastFirst) - computeFlippingArea(mostFirst));
}
