/** Relevance of one picture, row by row. */
export interface RelevanceMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/**
 * Means of a map over side x side cells of equal area, in reading order; pixels that an edge cuts count by their part. A map with fewer pixels
 * is spread over the cells by the same rule.
 */
export function poolMap({ width, height, values }: RelevanceMap, side: number): Float64Array {
  const [columns, rows] = [cutAxis(width, side), cutAxis(height, side)];
  const pooled = new Float64Array(side * side);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      pooled[y * side + x] = meanOver(values, { width, row, column });
    });
  });
  return pooled;
}

interface Share {
  readonly at: number;
  /** Of the cell's side. */
  readonly share: number;
}

/** For each cell of an axis the pixels it covers, with the part of the cell each makes. */
function cutAxis(length: number, side: number): readonly (readonly Share[])[] {
  const scale = length / side;
  return Array.from({ length: side }, (_, cell) => {
    const [from, to] = [cell * scale, (cell + 1) * scale];
    const first = Math.floor(from);
    const count = Math.max(1, Math.min(length, Math.ceil(to)) - first);
    return Array.from({ length: count }, (__, tap) => {
      const at = Math.min(length - 1, first + tap);
      return { at, share: (Math.min(to, at + 1) - Math.max(from, at)) / scale };
    });
  });
}

interface CellPlace {
  readonly width: number;
  readonly row: readonly Share[];
  readonly column: readonly Share[];
}

function meanOver(values: Float32Array, { width, row, column }: CellPlace): number {
  let mean = 0;
  for (const { at: y, share: height } of row) {
    for (const { at: x, share } of column) mean += (values[y * width + x] ?? 0) * height * share;
  }
  return mean;
}
