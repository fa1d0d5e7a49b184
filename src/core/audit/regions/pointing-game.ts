import { measured, undefinedBecause, type Measurement } from '#shared/measurement.ts';
import { wholePixels, type RegionMask } from './region-mask.ts';
import type { RelevanceMap } from './relevance-share.ts';

/** Pixels by which the peak may miss, on a picture 224 pixels wide. */
const TOLERANCE = 15;
const TOLERANCE_WIDTH = 224;

/**
 * Pointing game (Zhang et al., 2018): 1 where the most relevant pixel lies within 15 pixels of the region (at 224 pixels; in proportion
 * at other sizes), else 0. Of equal peaks the first counts.
 */
export function playPointingGame({ values, width }: RelevanceMap, mask: RegionMask): Measurement {
  const inside = wholePixels(mask);
  if (!inside.includes(1)) return undefinedBecause('empty region');
  const peak = values.reduce((best, value, pixel) => (value > (values[best] ?? 0) ? pixel : best), 0);
  if (!((values[peak] ?? 0) > 0)) return undefinedBecause('no positive relevance');
  const reach = (TOLERANCE * width) / TOLERANCE_WIDTH;
  const [x, y] = [peak % width, Math.floor(peak / width)];
  const isHit = inside.some(
    (isInside, pixel) => isInside === 1 && Math.hypot((pixel % width) - x, Math.floor(pixel / width) - y) <= reach,
  );
  return measured(isHit ? 1 : 0);
}
