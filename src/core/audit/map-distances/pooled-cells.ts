import type { MapPair, ValuePair } from './map-pair.ts';

/** Cells a side: single pixels of relevance are noisy. */
export const POOLED_SIDE = 28;
/** A cell counts where at least this share of it is valid. */
const LEAST_VALID = 0.5;

/**
 * Means of both maps over the valid pixels of 28 x 28 cells, in reading order. Cells are cut as adaptive pooling cuts them; a side of
 * fewer pixels has as many cells as pixels. Cells of which less than half is valid are left out.
 */
export function poolPair(pair: MapPair): ValuePair {
  const { width, height, a, b } = pair;
  const [columns, rows] = [cutCells(width), cutCells(height)];
  const cells = rows.flatMap((row) => columns.flatMap((column) => poolCell(pair, row, column)));
  const mean = (values: Float32Array): Float64Array =>
    Float64Array.from(cells, (places) => places.reduce((sum, at) => sum + (values[at] ?? 0), 0) / places.length);
  return { a: mean(a), b: mean(b) };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function cutCells(length: number): readonly Stretch[] {
  const count = Math.min(POOLED_SIDE, length);
  return Array.from({ length: count }, (_, cell) => ({
    from: Math.floor((cell * length) / count),
    to: Math.ceil(((cell + 1) * length) / count),
  }));
}

/** The valid pixels of a cell; none where too few are. */
function poolCell({ width, valid }: MapPair, row: Stretch, column: Stretch): readonly number[][] {
  const places: number[] = [];
  for (let y = row.from; y < row.to; y++) {
    for (let x = column.from; x < column.to; x++) if (valid[y * width + x] === 1) places.push(y * width + x);
  }
  const area = (row.to - row.from) * (column.to - column.from);
  return places.length >= LEAST_VALID * area && places.length > 0 ? [places] : [];
}
