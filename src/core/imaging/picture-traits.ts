import { whiteLevel, type Picture, type PictureFormat } from './picture.ts';
import { hashGrid, type PerceptualHash } from './perceptual-hash.ts';

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
  const brightness = createBrightness(picture);
  const ring = Math.max(1, Math.ceil(RING_SHARE * Math.min(width, height)));
  const [whole, border] = [createMoments(), createMoments()];
  for (let row = 0, at = 0; row < height; row++) {
    const isOuterRow = row < ring || row >= height - ring;
    for (let column = 0; column < width; column++, at++) {
      const value = brightness(at);
      whole.add(value);
      if (isOuterRow || column < ring || column >= width - ring) border.add(value);
    }
  }
  const [{ mean, spread }, { mean: ringMean, spread: ringSpread }] = [whole.moments(), border.moments()];
  return {
    measured: { ringMean, ringSpread, mean, spread, depth, channels, format },
    ...hashGrid(poolGrid(picture, brightness), COLUMNS),
  };
}

/** Weights of ITU-R 601. */
function createBrightness(picture: Picture): (pixel: number) => number {
  const { samples } = picture;
  const white = whiteLevel(picture);
  if (picture.channels === 1) return (pixel) => (samples[pixel] ?? 0) / white;
  return (pixel) => {
    const at = 3 * pixel;
    return (0.299 * (samples[at] ?? 0) + 0.587 * (samples[at + 1] ?? 0) + 0.114 * (samples[at + 2] ?? 0)) / white;
  };
}

interface Moments {
  readonly mean: number;
  /** Standard deviation of all values there are. */
  readonly spread: number;
}

function createMoments(): { add(value: number): void; moments(): Moments } {
  let [count, sum, squares] = [0, 0, 0];
  return {
    add: (value) => {
      count++;
      sum += value;
      squares += value * value;
    },
    moments: () => {
      const mean = sum / count;
      return { mean: round(mean), spread: round(Math.sqrt(Math.max(0, squares / count - mean * mean))) };
    },
  };
}

/** Brightness to a millionth: more says nothing, and fills the catalog. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Mean brightness of cells, cut so that the mirror image has the same cells from the other side. */
function poolGrid({ width, height }: Picture, brightness: (pixel: number) => number): Float64Array {
  const grid = new Float64Array(COLUMNS * ROWS);
  for (let cell = 0; cell < grid.length; cell++) {
    const [row, column] = [Math.floor(cell / COLUMNS), cell % COLUMNS];
    const [top, bottom] = cutStretch(row, ROWS, height);
    const [left, right] = cutStretch(column, COLUMNS, width);
    let sum = 0;
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += brightness(y * width + x);
    grid[cell] = sum / ((bottom - top) * (right - left));
  }
  return grid;
}

/** Whole pixels; neighbouring cells may share one. */
const cutStretch = (cell: number, count: number, length: number): readonly [number, number] => [
  Math.floor((cell * length) / count),
  Math.ceil(((cell + 1) * length) / count),
];
