import { findConnectedParts } from './connected-parts.ts';
import type { Fill } from './fill.ts';
import { blurPlane } from './gaussian-blur.ts';
import { replacePixels, sizeOfMask, type PixelPlanes } from './pixel-planes.ts';

const LEAST_SIGMA = 2;

/**
 * The mask's pixels from a blurred copy of the picture, mark and all: shape and edges go, mean brightness stays. The Gaussian's standard
 * deviation is half the side of a square as large as the mask's mean part, and at least two pixels.
 */
export const fillBlur: Fill = ({ picture, mask }) => {
  const parts = findConnectedParts(mask, picture.width).length;
  const sigma = Math.max(LEAST_SIGMA, Math.sqrt(sizeOfMask(mask) / Math.max(1, parts)) / 2);
  const planes = blurPicture(picture, sigma);
  return replacePixels(picture, mask, (channel, pixel) => planes[channel]?.[pixel] ?? 0);
};

/** A mark and its controls are of one size, and are filled from the same blurred picture. */
let lastBlurred: { readonly picture: PixelPlanes; readonly sigma: number; readonly planes: Float32Array[] } | undefined;

function blurPicture(picture: PixelPlanes, sigma: number): readonly Float32Array[] {
  if (lastBlurred?.picture === picture && lastBlurred.sigma === sigma) return lastBlurred.planes;
  const { width, height, channels } = picture;
  const planes = Array.from({ length: channels }, (_, channel) => {
    const values = picture.values.subarray(channel * width * height, (channel + 1) * width * height);
    return blurPlane({ width, height, values }, sigma);
  });
  lastBlurred = { picture, sigma, planes };
  return planes;
}
