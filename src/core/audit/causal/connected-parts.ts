import type { PixelMask } from './pixel-planes.ts';

/** Pixel indices of each connected part of a mask (neighbours along rows, columns and diagonals), in the order of their first pixel. */
export function findConnectedParts(mask: PixelMask, width: number): readonly (readonly number[])[] {
  const left = mask.slice();
  const parts: number[][] = [];
  left.forEach((inside, pixel) => {
    if (inside === 1) parts.push(takePart(left, pixel, width));
  });
  return parts;
}

/** Gathers the part that a pixel belongs to and takes it out of the mask. */
function takePart(left: PixelMask, start: number, width: number): number[] {
  const part = [start];
  left[start] = 0;
  for (const pixel of part) {
    for (const neighbour of listNeighbours(pixel, width)) {
      if (left[neighbour] !== 1) continue;
      left[neighbour] = 0;
      part.push(neighbour);
    }
  }
  return part;
}

function listNeighbours(pixel: number, width: number): readonly number[] {
  const column = pixel % width;
  const steps = [...(column > 0 ? [-1] : []), 0, ...(column < width - 1 ? [1] : [])];
  return [-width, 0, width].flatMap((row) => steps.map((step) => pixel + row + step));
}
