import type { PixelMask } from './pixel-planes.ts';

/** Where values are sought, and where they are given. */
export interface Domain {
  readonly width: number;
  readonly height: number;
  /** 1 where the values are sought. */
  readonly mask: PixelMask;
}

/** A domain of half the size: a pixel is sought where all four below it are. */
export interface CoarseDomain extends Domain {
  /** Means of what is given below each pixel. */
  readonly shrink: (values: Float32Array) => Float32Array;
  /** The coarse pixel above a fine one. */
  readonly parentOf: (pixel: number) => number;
}

/** Undefined where nothing would be left to seek. */
export function coarsen({ width, height, mask }: Domain): CoarseDomain | undefined {
  const [half, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const parentOf = (pixel: number): number => Math.floor(pixel / width / 2) * half + Math.floor((pixel % width) / 2);
  const given = new Float32Array(half * rows);
  mask.forEach((inside, pixel) => {
    if (inside === 0) given[parentOf(pixel)] = (given[parentOf(pixel)] ?? 0) + 1;
  });
  const coarse = Uint8Array.from(given, (count) => (count === 0 ? 1 : 0));
  if (!coarse.includes(1)) return undefined;
  const shrink = (values: Float32Array): Float32Array => {
    const sums = new Float32Array(given.length);
    values.forEach((value, pixel) => {
      if (mask[pixel] === 0) sums[parentOf(pixel)] = (sums[parentOf(pixel)] ?? 0) + value;
    });
    return sums.map((sum, pixel) => sum / Math.max(1, given[pixel] ?? 0));
  };
  return { width: half, height: rows, mask: coarse, shrink, parentOf };
}
