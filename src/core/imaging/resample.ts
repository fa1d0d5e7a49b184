import { cutWeights, toFixedPoint } from './resample-weights.ts';
import type { AxisWeights, ResampleFilter } from './resample-weights.ts';

export type RasterSamples = Uint8Array | Uint16Array | Float32Array;

/** Interleaved samples, height x width x channels. */
export interface Raster<Samples extends RasterSamples = RasterSamples> {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly samples: Samples;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pillow's fixed point for 8-bit pictures: 32 bits less 8 for the sample and 2 for overshoot. */
const PRECISION_BITS = 22;

/** Resize 8-bit samples exactly as Pillow's `Image.resize` does; each pass rounds to 8 bits. */
export function resizeBytes(source: Raster<Uint8Array>, size: Size, filter: ResampleFilter): Raster<Uint8Array> {
  return resizeInPasses(source, size, (samples, view, outputLength) => {
    const axis = findFixedWeights(view.length, outputLength, filter);
    const target = new Uint8ClampedArray(view.outer * outputLength * view.inner);
    filterAxis({ source: samples, target }, view, axis);
    return new Uint8Array(target.buffer);
  });
}

/** Pictures of one data set are mostly of one size, and the weights cost as much as resizing a small one. */
let lastWeights: readonly { readonly key: string; readonly filter: ResampleFilter; readonly axis: AxisWeights }[] = [];

function findFixedWeights(length: number, outputLength: number, filter: ResampleFilter): AxisWeights {
  const key = `${length} ${outputLength}`;
  const known = lastWeights.find((last) => last.key === key && last.filter === filter);
  if (known) return known.axis;
  const axis = toFixedPoint(cutWeights(length, outputLength, filter), PRECISION_BITS);
  // Two: one for each axis.
  lastWeights = [{ key, filter, axis }, ...lastWeights.slice(0, 1)];
  return axis;
}

/** The same filter in floating point, as Pillow applies it to pictures of mode F: no rounding to whole levels. */
export function resizeFloats(source: Raster, size: Size, filter: ResampleFilter): Raster<Float32Array> {
  const resized = resizeInPasses<RasterSamples>(source, size, (samples, view, outputLength) => {
    const target = new Float32Array(view.outer * outputLength * view.inner);
    filterAxis({ source: samples, target }, view, cutWeights(view.length, outputLength, filter));
    return target;
  });
  return { ...resized, samples: Float32Array.from(resized.samples) };
}

type Pass<Samples extends RasterSamples> = (samples: Samples, view: AxisView, outputLength: number) => Samples;

/** Filter along one axis, then the other; an axis that keeps its length is not filtered. */
function resizeInPasses<Samples extends RasterSamples>(
  source: Raster<Samples>,
  { width, height }: Size,
  pass: Pass<Samples>,
): Raster<Samples> {
  const alongX = (raster: Raster<Samples>): Raster<Samples> =>
    raster.width === width ? raster : { ...raster, width, samples: pass(raster.samples, xAxis(raster), width) };
  const alongY = (raster: Raster<Samples>): Raster<Samples> =>
    raster.height === height ? raster : { ...raster, height, samples: pass(raster.samples, yAxis(raster), height) };
  return isHeightFirst(source, { width, height }) ? alongX(alongY(source)) : alongY(alongX(source));
}

/**
 * Pillow 13 filters along y first when the height shrinks by much more than the width (earlier versions never did).
 * Because 8-bit passes round in between, the order shows: by at most one level in bilinear.
 */
const isHeightFirst = (from: Size, to: Size): boolean =>
  to.height < from.height && from.height - to.height > 2 * (from.width - to.width);

/** Samples seen as [outer, length, inner]; the filter runs along the middle axis. */
interface AxisView {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

const xAxis = ({ width, height, channels }: Raster): AxisView => ({ outer: height, length: width, inner: channels });
const yAxis = ({ width, height, channels }: Raster): AxisView => ({
  outer: 1,
  length: height,
  inner: width * channels,
});

interface FilterBuffers {
  readonly source: RasterSamples;
  /** Clamped to 0..255 by its own type when the weights are in fixed point. */
  readonly target: Uint8ClampedArray | Float32Array;
}

/** Whole rows are added up as they lie in memory, which is faster; within a row each output is added up by itself. */
function filterAxis(buffers: FilterBuffers, view: AxisView, axis: AxisWeights): void {
  if (view.outer === 1) addRows(buffers, view, axis);
  else for (let block = 0; block < view.outer; block++) addTaps(buffers, { ...view, outer: block }, axis);
}

/** Half a unit of fixed point, so that cutting off rounds; 0 when weights are plain numbers. */
const halfOf = ({ precisionBits }: AxisWeights): number => (precisionBits > 0 ? 1 << (precisionBits - 1) : 0);

function addTaps(
  { source, target }: FilterBuffers,
  { outer: block, length, inner }: AxisView,
  axis: AxisWeights,
): void {
  const { count, starts, lengths, stride, weights, precisionBits } = axis;
  const half = halfOf(axis);
  for (let output = 0; output < count; output++) {
    const first = output * stride;
    const end = first + (lengths[output] ?? 0);
    const from = (block * length + (starts[output] ?? 0)) * inner;
    const to = (block * count + output) * inner;
    for (let lane = 0; lane < inner; lane++) {
      let sum = half;
      for (let tap = first, at = from + lane; tap < end; tap++, at += inner)
        sum += (source[at] ?? 0) * (weights[tap] ?? 0);
      target[to + lane] = half > 0 ? sum >> precisionBits : sum;
    }
  }
}

function addRows({ source, target }: FilterBuffers, { inner }: AxisView, axis: AxisWeights): void {
  const { count, starts, lengths, stride, weights, precisionBits } = axis;
  const half = halfOf(axis);
  const sums = new Float64Array(inner);
  for (let output = 0; output < count; output++) {
    sums.fill(half);
    const taps = lengths[output] ?? 0;
    for (let tap = 0; tap < taps; tap++) {
      const weight = weights[output * stride + tap] ?? 0;
      const from = ((starts[output] ?? 0) + tap) * inner;
      for (let lane = 0; lane < inner; lane++) sums[lane] = (sums[lane] ?? 0) + (source[from + lane] ?? 0) * weight;
    }
    const to = output * inner;
    for (let lane = 0; lane < inner; lane++) {
      const sum = sums[lane] ?? 0;
      target[to + lane] = half > 0 ? sum >> precisionBits : sum;
    }
  }
}
