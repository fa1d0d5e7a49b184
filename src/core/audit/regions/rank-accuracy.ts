import { measured, undefinedBecause, type Measurement } from '#shared/measurement.ts';
import { wholePixels, type RegionMask } from './region-mask.ts';
import type { RelevanceMap } from './relevance-share.ts';

/**
 * Relevance rank accuracy, |top K pixels in M| / |M| with K = |M| (Arras, Osman and Samek, 2022): the share of the K most
 * relevant pixels that lie in a region of K pixels. Among equal values the pixel that comes first, row by row, goes first.
 */
export function computeRankAccuracy({ values }: RelevanceMap, mask: RegionMask): Measurement {
  const inside = wholePixels(mask);
  const count = inside.reduce((sum, pixel) => sum + pixel, 0);
  if (count === 0) return undefinedBecause('empty region');
  const ranked = values.toSorted();
  if (!((ranked.at(-1) ?? 0) > 0)) return undefinedBecause('no positive relevance');
  const least = ranked.at(-count) ?? 0;
  /** Pixels of the least value that still count. */
  let ties = count - values.reduce((above, value) => above + (value > least ? 1 : 0), 0);
  let hits = 0;
  values.forEach((value, pixel) => {
    const isTop = value > least || (value === least && ties-- > 0);
    if (isTop) hits += inside[pixel] ?? 0;
  });
  return measured(hits / count);
}
