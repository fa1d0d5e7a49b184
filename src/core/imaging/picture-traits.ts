import { whiteLevel, type Picture, type PictureFormat } from './picture.ts';
import { hashGrid, type PerceptualHash } from './perceptual-hash.ts';
import type { Size } from './resample.ts';

/** What can be told of a picture without understanding it. Brightness runs from 0 (black) to 1 (white); of color, its luma. */
export interface PictureTraits extends PerceptualHash {
  readonly measured: {
    /** Mean brightness of the outer ring, and its standard deviation. */
    readonly ringMean: number;
    readonly ringSpread: number;
    readonly mean: number;
    readonly spread: number;
    readonly depth: Picture['depth'];
    readonly channels: Picture['channels'];
    readonly format: PictureFormat;
  };
}

/** Grows when any of it is measured otherwise. */
export const TRAITS_VERSION = 1;

/** Width of the ring as a share of the shorter side; whole pixels, at least one. */
export const RING_SHARE = 0.05;

/** Of the perceptual hash. */
const [COLUMNS, ROWS] = [17, 16];

export function measureTraits(picture: Picture): PictureTraits {
  const { width, height, depth, channels, format } = picture;
  const levels = toLevels(picture);
  const ring = Math.max(1, Math.ceil(RING_SHARE * Math.min(width, height)));
  const { whole, border } = sumLevels(levels, picture, ring);
  const white = whiteLevel(picture);
  const [{ mean, spread }, { mean: ringMean, spread: ringSpread }] = [
    toMoments(whole, white),
    toMoments(border, white),
  ];
  return {
    measured: { ringMean, ringSpread, mean, spread, depth, channels, format },
    ...hashGrid(poolGrid(levels, picture), COLUMNS),
  };
}

type Levels = Uint8Array | Uint16Array | Float32Array;

/** Grey samples as they are; of color the luma by ITU-R 601. */
function toLevels({ samples, channels, width, height }: Picture): Levels {
  if (channels === 1) return samples;
  const levels = new Float32Array(width * height);
  for (let pixel = 0, at = 0; pixel < levels.length; pixel++, at += 3)
    levels[pixel] = 0.299 * (samples[at] ?? 0) + 0.587 * (samples[at + 1] ?? 0) + 0.114 * (samples[at + 2] ?? 0);
  return levels;
}

interface Sums {
  count: number;
  sum: number;
  squares: number;
}

/** Of all pixels, and of those nearer to a side than the ring is wide. */
function sumLevels(
  levels: Levels,
  { width, height }: Size,
  ring: number,
): { readonly whole: Sums; readonly border: Sums } {
  const [whole, border] = [createSums(), createSums()];
  const [left, right] = [Math.min(ring, width), Math.max(Math.min(ring, width), width - ring)];
  for (let row = 0; row < height; row++) {
    const start = row * width;
    const isEdge = row < ring || row >= height - ring;
    const outer = isEdge ? border : whole;
    addRun(border, levels, [start, start + left]);
    addRun(outer, levels, [start + left, start + right]);
    addRun(border, levels, [start + right, start + width]);
  }
  for (const key of ['count', 'sum', 'squares'] as const) whole[key] += border[key];
  return { whole, border };
}

const createSums = (): Sums => ({ count: 0, sum: 0, squares: 0 });

function addRun(sums: Sums, levels: Levels, [from, to]: readonly [number, number]): void {
  let [sum, squares] = [0, 0];
  for (let at = from; at < to; at++) {
    const level = levels[at] ?? 0;
    sum += level;
    squares += level * level;
  }
  sums.count += to - from;
  sums.sum += sum;
  sums.squares += squares;
}

/** To a millionth: more says nothing, and fills the catalog. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Mean and standard deviation of all values there are, as shares of white. */
function toMoments({ count, sum, squares }: Sums, white: number): { readonly mean: number; readonly spread: number } {
  const mean = sum / count;
  return { mean: round(mean / white), spread: round(Math.sqrt(Math.max(0, squares / count - mean * mean)) / white) };
}

/** Mean levels of cells, cut so that the mirror image has the same cells from the other side. */
function poolGrid(levels: Levels, { width, height }: Size): Float64Array {
  const grid = new Float64Array(COLUMNS * ROWS);
  const sums = new Float64Array(width);
  for (let row = 0; row < ROWS; row++) {
    const [top, bottom] = cutStretch(row, ROWS, height);
    sums.fill(0);
    for (let y = top; y < bottom; y++) {
      const start = y * width;
      for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + (levels[start + x] ?? 0);
    }
    for (let column = 0; column < COLUMNS; column++) {
      const [left, right] = cutStretch(column, COLUMNS, width);
      let sum = 0;
      for (let x = left; x < right; x++) sum += sums[x] ?? 0;
      grid[row * COLUMNS + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return grid;
}

/** Whole pixels; neighbouring cells may share one. */
const cutStretch = (cell: number, count: number, length: number): readonly [number, number] => [
  Math.floor((cell * length) / count),
  Math.ceil(((cell + 1) * length) / count),
];
