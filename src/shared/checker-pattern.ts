import { measured, undefinedBecause, type Measurement } from './measurement.ts';

/** The part of a map's local contrast that repeats every two pixels: along rows, along columns, along both, and in all. */
export interface CheckerPattern {
  readonly across: Measurement;
  readonly down: Measurement;
  readonly both: Measurement;
  readonly total: Measurement;
}

export interface CheckeredMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Pixels a side of the blocks in which the pattern is looked for. */
const BLOCK = 8;
/** Of a map's energy: below it local contrast is what rounding left. */
const ROUNDING = 1e-12;

/** For people, of the sum of the three. */
export const checkerFormula =
  'Share of the contrast between neighbouring pixels that alternates from pixel to pixel, along rows, columns or both, in blocks of 8 × 8 ' +
  'pixels after local means (1 2 1) were taken off. White noise has 7 %, a chessboard 100 %; networks that step by two pixels leave more.';

/** What white noise has in all: 3 of 64 frequencies, over the part of its energy that subtracting local means leaves (41 / 64). */
export const CHECKER_OF_NOISE = 3 / 41;

/**
 * Takes local means off, r = R - S R with S the weights (1 2 1)(1 2 1) / 16, which know nothing of period 2; cuts r (one pixel less at
 * each edge) into blocks of 8 x 8, what is left over at the right and bottom not being looked at; and projects each block onto
 * u = (-1)^x / 8, (-1)^y / 8, (-1)^(x+y) / 8, its Fourier coefficients at the Nyquist frequency:
 * share = sum over blocks of <r, u>^2 / sum over blocks of |r|^2. 0 to 1; the three shares sum to at most 1. Phase and sign may differ
 * from block to block.
 */
export function computeCheckerPattern(map: CheckeredMap): CheckerPattern {
  const reason = refuse(map);
  if (reason !== undefined) return noPattern(reason);
  const rest = subtractLocalMeans(map);
  const energies = listBlocks(rest).map((start) => readBlock(rest, start));
  const sum = (part: keyof BlockEnergy): number => energies.reduce((total, energy) => total + energy[part], 0);
  const contrast = sum('contrast');
  const energy = map.values.reduce((total, value) => total + value * value, 0);
  if (contrast <= ROUNDING * energy) return noPattern('the map has no contrast between neighbouring pixels');
  const [across, down, both] = [sum('across') / contrast, sum('down') / contrast, sum('both') / contrast];
  return {
    ...{ across: measured(across), down: measured(down), both: measured(both) },
    total: measured(across + down + both),
  };
}

function noPattern(reason: string): CheckerPattern {
  const none = undefinedBecause(reason);
  return { across: none, down: none, both: none, total: none };
}

function refuse({ width, height, values }: CheckeredMap): string | undefined {
  if (Math.min(width, height) < BLOCK + 2) return `the map is smaller than ${BLOCK + 2} x ${BLOCK + 2} pixels`;
  return values.every(Number.isFinite) ? undefined : 'the map holds values that are not finite';
}

interface Grid {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** Without the outermost pixels, whose neighbours are not all there. */
function subtractLocalMeans({ width, height, values }: CheckeredMap): Grid {
  const [columns, rows] = [width - 2, height - 2];
  const rest = new Float64Array(columns * rows);
  /** Of three pixels above each other, with the weights 1, 2, 1. */
  const sums = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    for (let x = 0; x < width; x++) {
      const middle = values[start + width + x] ?? 0;
      sums[x] = (values[start + x] ?? 0) + 2 * middle + (values[start + 2 * width + x] ?? 0);
    }
    for (let x = 0; x < columns; x++) {
      const mean = ((sums[x] ?? 0) + 2 * (sums[x + 1] ?? 0) + (sums[x + 2] ?? 0)) / 16;
      rest[row * columns + x] = (values[start + width + x + 1] ?? 0) - mean;
    }
  }
  return { width: columns, height: rows, values: rest };
}

/** The first pixel of each whole block. */
function listBlocks({ width, height }: Grid): readonly number[] {
  const [columns, rows] = [Math.floor(width / BLOCK), Math.floor(height / BLOCK)];
  return Array.from(
    { length: columns * rows },
    (_, at) => Math.floor(at / columns) * BLOCK * width + (at % columns) * BLOCK,
  );
}

interface BlockEnergy {
  readonly contrast: number;
  readonly across: number;
  readonly down: number;
  readonly both: number;
}

function readBlock({ width, values }: Grid, start: number): BlockEnergy {
  const pixels = BLOCK ** 2;
  let [contrast, across, down, both] = [0, 0, 0, 0];
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [x, y] = [pixel % BLOCK, Math.floor(pixel / BLOCK)];
    const value = values[start + y * width + x] ?? 0;
    contrast += value * value;
    across += x % 2 === 0 ? value : -value;
    down += y % 2 === 0 ? value : -value;
    both += (x + y) % 2 === 0 ? value : -value;
  }
  return { contrast, across: across ** 2 / pixels, down: down ** 2 / pixels, both: both ** 2 / pixels };
}
