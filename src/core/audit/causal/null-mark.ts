import type { RegionMask } from '../regions/region-mask.ts';
import type { PixelMask } from './pixel-planes.ts';

interface NullRequest {
  readonly width: number;
  readonly height: number;
  /** Where something real is. */
  readonly avoid: PixelMask;
  /** Unsigned 32-bit numbers. */
  readonly draw: () => number;
}

/** Sides of a null mark as shares of the picture's, as markers and rulers have them. */
const SIDES = [0.06, 0.18] as const;
const MOST_TRIES = 500;

/** A box at random where nothing is marked: the same test on it tells how often the test cries wolf. Undefined where none fits. */
export function drawNullMark({ width, height, avoid, draw }: NullRequest): RegionMask | undefined {
  const between = (low: number, high: number): number => low + (draw() / 2 ** 32) * (high - low);
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const [wide, high] = [Math.ceil(between(...SIDES) * width), Math.ceil(between(...SIDES) * height)];
    const [left, top] = [Math.floor(between(0, width - wide)), Math.floor(between(0, height - high))];
    const coverage = Float32Array.from({ length: width * height }, (_, pixel) => {
      const [x, y] = [(pixel % width) - left, Math.floor(pixel / width) - top];
      return x >= 0 && x < wide && y >= 0 && y < high ? 1 : 0;
    });
    if (coverage.every((inside, pixel) => inside === 0 || avoid[pixel] === 0)) return { width, height, coverage };
  }
  return undefined;
}
