import type { FlatMap } from './map-similarity.ts';

/** Pixels a side of the blocks in which patterns are looked for. */
export const checkerBlock = 8;

/** What is nothing: noise without any pattern has 3 of 63 frequencies at Nyquist. */
export const checkerOfNoise = 3 / (checkerBlock ** 2 - 1);

export const checkerFormula =
  'Share of what is left of a map, after each block of 8 × 8 pixels lost its mean, that alternates from pixel to pixel along rows, ' +
  'columns or both: Σ(|F(4,0)|² + |F(0,4)|² + |F(4,4)|²) / Σ|F(u,v)|² without (0,0), F the Fourier transform of a block. ' +
  '5 % is what noise has; networks that step by two pixels leave more.';

/**
 * Strength of a pattern of single pixels, 0 to 1. In each whole block of 8 × 8 pixels, energy at the Nyquist frequencies (alternating along
 * rows, columns, or both) over all energy but the mean's; by Parseval both are sums over pixels. Sums run over all blocks, so strong
 * parts of the map count most. NaN for a map without a whole block or constant in each.
 */
export function measureChecker({ width, height, values }: FlatMap): number {
  let [alternating, all] = [0, 0];
  for (let top = 0; top + checkerBlock <= height; top += checkerBlock) {
    for (let left = 0; left + checkerBlock <= width; left += checkerBlock) {
      const block = measureBlock((row, column) => values[(top + row) * width + left + column] ?? 0);
      alternating += block.alternating;
      all += block.all;
    }
  }
  return all > 0 ? alternating / all : NaN;
}

function measureBlock(get: (row: number, column: number) => number): {
  readonly alternating: number;
  readonly all: number;
} {
  let [sum, squares, alongRows, alongColumns, alongBoth] = [0, 0, 0, 0, 0];
  for (let row = 0; row < checkerBlock; row++) {
    for (let column = 0; column < checkerBlock; column++) {
      const value = get(row, column);
      sum += value;
      squares += value * value;
      alongRows += column % 2 === 0 ? value : -value;
      alongColumns += row % 2 === 0 ? value : -value;
      alongBoth += (row + column) % 2 === 0 ? value : -value;
    }
  }
  const pixels = checkerBlock ** 2;
  const all = squares - (sum * sum) / pixels;
  // What rounding leaves of a constant block is nothing.
  if (all <= 1e-12 * squares) return { alternating: 0, all: 0 };
  return { alternating: (alongRows ** 2 + alongColumns ** 2 + alongBoth ** 2) / pixels, all };
}
