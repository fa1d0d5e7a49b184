import { boundMark } from './mark-bounds.ts';
import type { MarkGrid } from './mark-grid.ts';
import type { MarkShape } from './mark-shape.ts';
import { createInsideTest } from './point-in-mark.ts';

/** Points looked at along each side of a pixel for its coverage. */
const COVERAGE_POINTS = 8;

/**
 * A mark as a mask on a grid: 1 where the middle of the grid's pixel lies in the mark, else 0; height x width, row by row.
 * A mark that is finer than the grid can come out empty: see `coverMark`.
 */
export function rasterizeMark(shape: MarkShape, grid: MarkGrid): Uint8Array {
  return Uint8Array.from(samplePixels(shape, grid, 1));
}

/** The share of each grid pixel that lies in the mark, 0 to 1, by a regular lattice of 8 x 8 points; height x width. */
export function coverMark(shape: MarkShape, grid: MarkGrid): Float32Array {
  return samplePixels(shape, grid, COVERAGE_POINTS);
}

function samplePixels(shape: MarkShape, { width, height, region }: MarkGrid, points: number): Float32Array {
  const isInside = createInsideTest(shape);
  const coverage = new Float32Array(width * height);
  const [scaleX, scaleY] = [region.width / width, region.height / height];
  const bounds = boundMark(shape);
  const columns = touched([bounds.left, bounds.right], { from: region.left, scale: scaleX, count: width });
  const rows = touched([bounds.top, bounds.bottom], { from: region.top, scale: scaleY, count: height });
  for (let row = rows.first; row < rows.end; row++) {
    for (let column = columns.first; column < columns.end; column++) {
      const corner = { x: region.left + column * scaleX, y: region.top + row * scaleY };
      const inside = countInside(isInside, corner, { points, scaleX, scaleY });
      coverage[row * width + column] = inside / points ** 2;
    }
  }
  return coverage;
}

/** Pixels of an axis that an interval of the picture can reach. */
function touched(
  [low, high]: readonly [number, number],
  { from, scale, count }: { readonly from: number; readonly scale: number; readonly count: number },
): { readonly first: number; readonly end: number } {
  const clamp = (value: number): number => Math.min(count, Math.max(0, value));
  return { first: clamp(Math.floor((low - from) / scale)), end: clamp(Math.ceil((high - from) / scale)) };
}

interface Lattice {
  readonly points: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

function countInside(
  isInside: ReturnType<typeof createInsideTest>,
  corner: { readonly x: number; readonly y: number },
  { points, scaleX, scaleY }: Lattice,
): number {
  let inside = 0;
  for (let down = 0; down < points; down++) {
    const y = corner.y + ((down + 0.5) / points) * scaleY;
    for (let along = 0; along < points; along++) {
      if (isInside(corner.x + ((along + 0.5) / points) * scaleX, y)) inside++;
    }
  }
  return inside;
}
