import { listPixels, type PixelMask } from './pixel-planes.ts';

/** A mask's pixels as offsets from the upper left corner of its box. */
export interface Footprint {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** x, y by turns, from the box's corner. */
  readonly offsets: Int32Array;
  /** The mean place of its pixels, from the box's corner. */
  readonly middle: { readonly x: number; readonly y: number };
}

/** Undefined for an empty mask. */
export function findFootprint(mask: PixelMask, width: number): Footprint | undefined {
  const pixels = Array.from(listPixels(mask));
  if (pixels.length === 0) return undefined;
  const columns = pixels.map((pixel) => pixel % width);
  const rows = pixels.map((pixel) => Math.floor(pixel / width));
  const [left, top] = [least(columns), least(rows)];
  const meanOf = (places: readonly number[]): number => places.reduce((sum, place) => sum + place, 0) / places.length;
  return {
    ...{ left, top, width: most(columns) - left + 1, height: most(rows) - top + 1 },
    offsets: Int32Array.from(pixels.flatMap((_, index) => [(columns[index] ?? 0) - left, (rows[index] ?? 0) - top])),
    middle: { x: meanOf(columns) - left + 0.5, y: meanOf(rows) - top + 0.5 },
  };
}

/** Left and right exchanged. */
export function mirrorFootprint(footprint: Footprint): Footprint {
  const { width, offsets, middle } = footprint;
  return {
    ...footprint,
    offsets: offsets.map((offset, index) => (index % 2 === 0 ? width - 1 - offset : offset)),
    middle: { x: width - middle.x, y: middle.y },
  };
}

const least = (values: readonly number[]): number => values.reduce((low, value) => Math.min(low, value), Infinity);
const most = (values: readonly number[]): number => values.reduce((high, value) => Math.max(high, value), -Infinity);

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The pixels a footprint covers with its box's corner at a place. */
export function placeFootprint({ offsets }: Footprint, { x, y }: { x: number; y: number }, { width }: Size): number[] {
  const pixels: number[] = [];
  for (let at = 0; at < offsets.length; at += 2) {
    pixels.push((y + (offsets[at + 1] ?? 0)) * width + x + (offsets[at] ?? 0));
  }
  return pixels;
}

/** Whether a footprint with its box's corner at a place covers no blocked pixel. It must lie within the picture. */
export function isFree(
  { offsets }: Footprint,
  { x, y }: { readonly x: number; readonly y: number },
  { blocked, width }: { readonly blocked: PixelMask; readonly width: number },
): boolean {
  for (let at = 0; at < offsets.length; at += 2) {
    if (blocked[(y + (offsets[at + 1] ?? 0)) * width + x + (offsets[at] ?? 0)] === 1) return false;
  }
  return true;
}

export function maskOf(pixels: readonly number[], { width, height }: Size): PixelMask {
  const mask = new Uint8Array(width * height);
  for (const pixel of pixels) mask[pixel] = 1;
  return mask;
}
