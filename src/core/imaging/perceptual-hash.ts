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
  const mirrored = Float64Array.from(grid, (_, at) => {
    const column = at % columns;
    return grid[at - column + (columns - 1 - column)] ?? 0;
  });
  return { hash: writeRises(grid, columns, least), mirrored: writeRises(mirrored, columns, least) };
}

/** Four bits to a digit. */
function writeRises(grid: Float64Array, columns: number, least: number): string {
  let [text, digit, bits] = ['', 0, 0];
  for (let at = 0; at < grid.length - 1; at++) {
    if ((at + 1) % columns === 0) continue;
    digit = 2 * digit + Number((grid[at + 1] ?? 0) - (grid[at] ?? 0) > least);
    if (++bits % 4 > 0) continue;
    text += digit.toString(16);
    digit = 0;
  }
  return text;
}
