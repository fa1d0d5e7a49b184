import { boundMark } from '#shared/marks/mark-bounds.ts';
import type { MarkGrid } from '#shared/marks/mark-grid.ts';
import type { MarkShape } from '#shared/marks/mark-shape.ts';
import { coverMark, rasterizeMark } from '#shared/marks/rasterize-mark.ts';

/** Grid cells along the longer side of what both have marked; where that is smaller, cells are the picture's pixels. */
const MOST_CELLS = 512;

/**
 * How far the marks of two readers on one picture lie over each other: 2 |A and B| / (|A| + |B|) of the pixels inside (Dice, 1945). 1 is
 * the same, 0 is apart, and also where only one has marked something. Undefined where nobody has.
 */
export function computeMarkDice(first: readonly MarkShape[], second: readonly MarkShape[]): number | undefined {
  if (first.length + second.length === 0) return undefined;
  if (first.length === 0 || second.length === 0) return 0;
  const grid = enclose([...first, ...second]);
  for (const draw of [rasterizeMark, coverMark]) {
    const [a, b] = [join(first, grid, draw), join(second, grid, draw)];
    const [sumA, sumB] = [sumOf(a), sumOf(b)];
    // Marks finer than the grid hold the middle of no cell; then it is told by area.
    if (sumA > 0 && sumB > 0) return (2 * sumOf(a.map((value, at) => Math.min(value, b[at] ?? 0)))) / (sumA + sumB);
  }
  return 0;
}

/** On whole pixels of the picture. */
function enclose(shapes: readonly MarkShape[]): MarkGrid {
  const bounds = shapes.map(boundMark);
  const left = Math.floor(Math.min(...bounds.map((bound) => bound.left)));
  const top = Math.floor(Math.min(...bounds.map((bound) => bound.top)));
  const width = Math.max(1, Math.ceil(Math.max(...bounds.map(({ right }) => right))) - left);
  const height = Math.max(1, Math.ceil(Math.max(...bounds.map(({ bottom }) => bottom))) - top);
  const scale = Math.min(1, MOST_CELLS / Math.max(width, height));
  const cells = (length: number): number => Math.max(1, Math.round(length * scale));
  return { width: cells(width), height: cells(height), region: { left, top, width, height } };
}

type Draw = (shape: MarkShape, grid: MarkGrid) => ArrayLike<number>;

/** All of a reader's marks as one. */
function join(shapes: readonly MarkShape[], grid: MarkGrid, draw: Draw): Float32Array {
  const joined = new Float32Array(grid.width * grid.height);
  for (const shape of shapes) {
    const mask = draw(shape, grid);
    for (let at = 0; at < joined.length; at++) joined[at] = Math.max(joined[at] ?? 0, mask[at] ?? 0);
  }
  return joined;
}

const sumOf = (mask: Float32Array): number => mask.reduce((sum, value) => sum + value, 0);
