import type { MarkGrid } from './mark-grid.ts';

/** A mask somebody drew as a picture; it covers the whole of the picture it belongs to, whatever its own size. */
export interface DrawnMask {
  readonly width: number;
  readonly height: number;
  /** height x width, 1 inside. */
  readonly pixels: Uint8Array;
}

/**
 * The share of each grid pixel that a drawn mask covers, 0 to 1, exact by area; height x width.
 * @param picture the size, in its own pixels, of the picture that the grid's region is measured in.
 */
export function coverMask(
  mask: DrawnMask,
  grid: MarkGrid,
  picture: { readonly width: number; readonly height: number },
): Float32Array {
  const { region } = grid;
  const columns = overlaps(
    { from: region.left, length: region.width, count: grid.width },
    mask.width / picture.width,
    mask.width,
  );
  const rows = overlaps(
    { from: region.top, length: region.height, count: grid.height },
    mask.height / picture.height,
    mask.height,
  );
  const coverage = new Float32Array(grid.width * grid.height);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      coverage[y * grid.width + x] = sumInside(mask, row, column);
    });
  });
  return coverage;
}

/** Cells of the mask under one cell of the grid along an axis, and the share of the grid's cell that each takes. */
interface Overlap {
  readonly first: number;
  readonly shares: readonly number[];
}

interface GridAxis {
  readonly from: number;
  readonly length: number;
  readonly count: number;
}

function overlaps({ from, length, count }: GridAxis, scale: number, cells: number): readonly Overlap[] {
  const step = (length / count) * scale;
  return Array.from({ length: count }, (_, index) => {
    const low = from * scale + index * step;
    const [first, end] = [Math.max(0, Math.floor(low)), Math.min(cells, Math.ceil(low + step))];
    const shares = Array.from({ length: Math.max(0, end - first) }, (_cell, at) => {
      const inside = Math.min(low + step, first + at + 1) - Math.max(low, first + at);
      return Math.max(0, inside) / step;
    });
    return { first, shares };
  });
}

function sumInside({ width, pixels }: DrawnMask, row: Overlap, column: Overlap): number {
  let sum = 0;
  row.shares.forEach((down, y) => {
    const start = (row.first + y) * width + column.first;
    column.shares.forEach((along, x) => {
      if (pixels[start + x] === 1) sum += down * along;
    });
  });
  return sum;
}
