import type { RegionMask } from '../regions/region-mask.ts';
import { dilate } from './dilate.ts';
import type { PixelMask } from './pixel-planes.ts';

/** Resizing spreads an edge over the pixels beside it: this many more are taken away. */
const EDGE = 1;

/** What has to be filled so that nothing of a region is left: every pixel it touches, and one pixel around them. */
export function createRemovalMask(region: RegionMask): PixelMask {
  const touched = Uint8Array.from(region.coverage, (share) => (share > 0 ? 1 : 0));
  return dilate(touched, region, EDGE);
}
