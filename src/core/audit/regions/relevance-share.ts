import { measured, undefinedBecause, type Measurement } from '#shared/measurement.ts';
import { areaOf, type RegionMask } from './region-mask.ts';

/** Relevance summed over color, on the pixels of the model's input; height x width. */
export interface RelevanceMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/**
 * Share of the positive relevance inside a region, RMA(M) = sum over M of R+ / sum over all of R+ (relevance mass accuracy; Arras,
 * Osman and Samek, 2022).
 */
export function computePositiveShare(map: RelevanceMap, mask: RegionMask): Measurement {
  return computeShare(map, mask, { part: (value) => Math.max(0, value), reason: 'no positive relevance' });
}

/** The same of the negative relevance, which is never mixed with the positive: their sum can be near zero. */
export function computeNegativeShare(map: RelevanceMap, mask: RegionMask): Measurement {
  return computeShare(map, mask, { part: (value) => Math.max(0, -value), reason: 'no negative relevance' });
}

/** The same of relevance of either sign: how much of the map lies there, whatever it speaks for. */
export function computeAbsoluteShare(map: RelevanceMap, mask: RegionMask): Measurement {
  return computeShare(map, mask, { part: Math.abs, reason: 'no relevance' });
}

interface ShareOf {
  readonly part: (value: number) => number;
  readonly reason: string;
}

function computeShare({ values }: RelevanceMap, mask: RegionMask, { part, reason }: ShareOf): Measurement {
  if (areaOf(mask) === 0) return undefinedBecause('empty region');
  let [inside, whole] = [0, 0];
  values.forEach((value, pixel) => {
    const relevance = part(value);
    whole += relevance;
    inside += relevance * (mask.coverage[pixel] ?? 0);
  });
  return whole === 0 ? undefinedBecause(reason) : measured(inside / whole);
}
