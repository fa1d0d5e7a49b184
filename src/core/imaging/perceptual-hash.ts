/** Two pictures that look alike have hashes that differ in few bits. */
export interface PerceptualHash {
  /** 256 bits as 64 hexadecimal digits. */
  readonly hash: string;
  /** Of the mirror image, left and right exchanged. */
  readonly mirrored: string;
}

/** Steps below this share of the grid's range are no steps: noise in even areas must not set bits. */
const LEAST_STEP = 0.01;

/**
 * A difference hash: one bit for each pair of neighbours in a row, set where it gets brighter to the right. It does not change with brightness or
 * contrast, nor much with size or compression. An even picture has no bits set.
 * @param grid brightness of cells, row by row; `columns` is one more than the bits of a row.
 */
export function hashGrid(grid: Float64Array, columns: number): PerceptualHash {
  const least = LEAST_STEP * (Math.max(...grid) - Math.min(...grid));
  const rows = grid.length / columns;
  const [bits, mirrored]: [number[], number[]] = [[], []];
  for (let row = 0; row < rows; row++) {
    const cells = grid.subarray(row * columns, (row + 1) * columns);
    bits.push(...listRises(cells, least));
    mirrored.push(...listRises(cells.toReversed(), least));
  }
  return { hash: writeBits(bits), mirrored: writeBits(mirrored) };
}

const listRises = (cells: Float64Array, least: number): number[] =>
  Array.from(cells.subarray(1), (cell, at) => Number(cell - (cells[at] ?? 0) > least));

function writeBits(bits: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bits.length; at += 4) text += parseInt(bits.slice(at, at + 4).join(''), 2).toString(16);
  return text;
}
