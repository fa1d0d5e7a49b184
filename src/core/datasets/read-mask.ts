import { decodePicture, type Picture } from '#core/imaging/index.ts';

/** A region as the dataset's makers drew it. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** height x width, row by row; 1 inside the region, 0 outside. */
  readonly pixels: Uint8Array;
  /** Pixels inside the region. */
  readonly area: number;
  /** The mask is there and says that there is no such region: not the same as a mask that is missing. */
  readonly empty: boolean;
  /** Of the file, 64 hex digits. */
  readonly sha256: string;
}

/**
 * Load a mask from a grey or color picture, absolute `path`.
 * @throws LightboxError `picture/not-found`, `picture/unreadable`, `picture/unsupported`.
 */
export async function readMask(path: string): Promise<Mask> {
  const picture = await decodePicture(path);
  const { width, height, sha256 } = picture;
  const pixels = new Uint8Array(width * height);
  const area = markInside(pixels, picture, findThreshold(picture));
  return { width, height, pixels, area, empty: area === 0, sha256 };
}

/** Sets pixels to 1 where any of their channels lies above the threshold; returns how many. */
function markInside(pixels: Uint8Array, { channels, samples }: Picture, threshold: number): number {
  let area = 0;
  for (let pixel = 0, at = 0; pixel < pixels.length; pixel++) {
    let inside = 0;
    for (let channel = 0; channel < channels; channel++, at++) if ((samples[at] ?? 0) > threshold) inside = 1;
    pixels[pixel] = inside;
    area += inside;
  }
  return area;
}

/**
 * Samples above this lie inside. Masks are stored as black and white or as 0 and 1, and some count regions (1, 2, 3):
 * where nothing reaches half of white, anything above 0 is inside. Not so in a JPEG, where black is seldom quite 0.
 */
function findThreshold({ depth, format, samples }: Picture): number {
  const half = depth === 16 ? 32_767 : 127;
  let brightest = 0;
  for (const sample of samples) brightest = Math.max(brightest, sample);
  const isCount = brightest <= 1 || (brightest <= half && format !== 'jpeg');
  return isCount ? 0 : half;
}
