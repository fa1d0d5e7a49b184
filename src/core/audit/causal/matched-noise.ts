import { createRandomWords } from '#shared/random-words.ts';
import { surround } from './dilate.ts';
import type { FillRequest } from './fill.ts';
import type { PixelMask } from './pixel-planes.ts';

/** How far around the mask the picture's own grain is looked at. */
const REACH = 4;
/** Of white noise, the difference to the mean of four neighbours has 5/4 of its variance. */
const SHRINK = Math.sqrt(4 / 5);

/** A value per channel for a pixel of the mask. */
export type NoiseAt = (channel: number, pixel: number) => number;

/**
 * Grain like that around the mask: each pixel of the mask gets what a pixel near the mask, drawn at random, differs from the mean of its four
 * neighbours by, in all channels together, so that grey stays grey.
 */
export function matchNoise({ picture, mask, avoid, seed }: FillRequest): NoiseAt {
  const { width, height, values } = picture;
  const taken = mask.map((inside, pixel) => inside | (avoid[pixel] ?? 0));
  const sources: number[] = [];
  surround(mask, picture, REACH).forEach((inside, pixel) => {
    if (inside === 1 && isSource(taken, pixel, { width, height })) sources.push(pixel);
  });
  if (sources.length === 0) return () => 0;
  const draw = createRandomWords(`grain ${seed}`);
  const chosen = new Uint32Array(mask.length);
  mask.forEach((inside, pixel) => {
    if (inside === 1) chosen[pixel] = sources[Math.floor((draw() / 2 ** 32) * sources.length)] ?? 0;
  });
  return (channel, pixel) => {
    const source = chosen[pixel] ?? 0;
    const plane = channel * mask.length;
    const mean = cross(source, width).reduce((sum, place) => sum + (values[plane + place] ?? 0), 0) / 4;
    return SHRINK * ((values[plane + source] ?? 0) - mean);
  };
}

/** A pixel whose four neighbours are there, and none of the five is taken. */
function isSource(taken: PixelMask, pixel: number, { width, height }: { width: number; height: number }): boolean {
  const [column, row] = [pixel % width, Math.floor(pixel / width)];
  const isInside = column > 0 && column < width - 1 && row > 0 && row < height - 1;
  return isInside && taken[pixel] === 0 && cross(pixel, width).every((place) => taken[place] === 0);
}

const cross = (pixel: number, width: number): readonly number[] => [pixel - 1, pixel + 1, pixel - width, pixel + width];
