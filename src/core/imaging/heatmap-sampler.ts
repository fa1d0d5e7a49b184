import type { Heatmap } from './heatmap.ts';
import type { Region } from './model-view.ts';
import type { Size } from './resample.ts';

/** `auto` draws maps of many values as they are and blends coarse ones (7 x 7), which look broken raw. */
export type Smoothing = 'auto' | 'smooth' | 'pixelated';

const COARSE_SIDE = 56;

const isSmooth = ({ width, height }: Size, smoothing: Smoothing): boolean =>
  smoothing === 'smooth' || (smoothing === 'auto' && Math.min(width, height) <= COARSE_SIDE);

export interface SamplingPlan {
  /** Size of the drawing, which shows the whole picture. */
  readonly size: Size;
  /** The part of the drawing that the map covers, in its pixels. */
  readonly region: Region;
  readonly smoothing: Smoothing;
}

/** The map's value at each pixel of a drawing; NaN outside the region the model saw. */
export function sampleHeatmap(heatmap: Heatmap, { size, region, smoothing }: SamplingPlan): Float32Array {
  const columns = axisPositions(size.width, { start: region.left, length: region.width, count: heatmap.width });
  const rows = axisPositions(size.height, { start: region.top, length: region.height, count: heatmap.height });
  const sample = isSmooth(heatmap, smoothing) ? bilinear : nearest;
  const sampled = new Float32Array(size.width * size.height);
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      sampled[y * size.width + x] = sample(heatmap, column, row);
    });
  });
  return sampled;
}

/** Where each drawn pixel's center falls on the map's axis, in map pixels; NaN outside. */
function axisPositions(
  pixels: number,
  { start, length, count }: { start: number; length: number; count: number },
): Float64Array {
  return new Float64Array(pixels).map((_, pixel) => {
    const position = ((pixel + 0.5 - start) / length) * count;
    return position >= 0 && position < count ? position : NaN;
  });
}

type Sampler = (heatmap: Heatmap, column: number, row: number) => number;

const nearest: Sampler = ({ width, values }, column, row) =>
  values[Math.floor(row) * width + Math.floor(column)] ?? NaN;

const bilinear: Sampler = ({ width, height, values }, column, row) => {
  if (Number.isNaN(column + row)) return NaN;
  const [left, right, shareX] = neighbours(column, width);
  const [top, bottom, shareY] = neighbours(row, height);
  const mixRow = (y: number): number =>
    (values[y * width + left] ?? 0) * (1 - shareX) + (values[y * width + right] ?? 0) * shareX;
  return mixRow(top) * (1 - shareY) + mixRow(bottom) * shareY;
};

function neighbours(position: number, count: number): [before: number, after: number, share: number] {
  const centered = Math.min(count - 1, Math.max(0, position - 0.5));
  const before = Math.floor(centered);
  return [before, Math.min(count - 1, before + 1), centered - before];
}
