import type { Raster, Size } from './resample.ts';

/** What each output draws on along one axis: as many inputs as `taps` says from `starts` on, each with its share. */
interface Spans {
  readonly count: number;
  readonly starts: Int32Array;
  readonly taps: Int32Array;
  /** count x stride; those of an output add up to 1. */
  readonly shares: Float64Array;
  readonly stride: number;
}

/**
 * A smaller picture, each of its pixels the average of the area it covers, pixels cut by the area's edge counted by their
 * part. Made for speed: every input is read once or twice. An axis is never enlarged.
 */
export function shrinkBytes(source: Raster<Uint8Array>, { width, height }: Size): Raster<Uint8Array> {
  const { channels } = source;
  const columns = cutSpans(source.width, Math.min(width, source.width));
  const rows = cutSpans(source.height, Math.min(height, source.height));
  const length = columns.count * channels;
  const samples = new Uint8ClampedArray(rows.count * length);
  const sums = new Float64Array(source.width * channels);
  for (let row = 0; row < rows.count; row++) {
    averageRows({ source: source.samples, sums }, rows, row);
    averageColumns({ sums, target: samples, from: row * length }, columns, channels);
  }
  return { width: columns.count, height: rows.count, channels, samples: new Uint8Array(samples.buffer) };
}

function cutSpans(length: number, count: number): Spans {
  const scale = length / count;
  const stride = Math.ceil(scale) + 1;
  const [starts, taps, shares] = [new Int32Array(count), new Int32Array(count), new Float64Array(count * stride)];
  for (let output = 0; output < count; output++) {
    const [from, to] = [output * scale, Math.min(length, (output + 1) * scale)];
    const start = Math.trunc(from);
    starts[output] = start;
    taps[output] = Math.ceil(to) - start;
    for (let at = 0; start + at < to; at++)
      shares[output * stride + at] = (Math.min(to, start + at + 1) - Math.max(from, start + at)) / scale;
  }
  return { count, starts, taps, shares, stride };
}

interface RowBuffers {
  readonly source: Uint8Array;
  /** As long as a row. */
  readonly sums: Float64Array;
}

function averageRows({ source, sums }: RowBuffers, { starts, taps, shares, stride }: Spans, row: number): void {
  sums.fill(0);
  const count = taps[row] ?? 0;
  for (let tap = 0; tap < count; tap++) {
    const share = shares[row * stride + tap] ?? 0;
    const from = ((starts[row] ?? 0) + tap) * sums.length;
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (source[from + at] ?? 0) * share;
  }
}

interface ColumnBuffers {
  readonly sums: Float64Array;
  /** Rounds and holds what comes within 0..255. */
  readonly target: Uint8ClampedArray;
  readonly from: number;
}

function averageColumns(
  { sums, target, from }: ColumnBuffers,
  { count, starts, taps, shares, stride }: Spans,
  channels: number,
): void {
  let to = from;
  for (let column = 0; column < count; column++) {
    const first = (starts[column] ?? 0) * channels;
    const share = column * stride;
    const end = share + (taps[column] ?? 0);
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let tap = share, at = first + channel; tap < end; tap++, at += channels)
        sum += (sums[at] ?? 0) * (shares[tap] ?? 0);
      target[to++] = sum;
    }
  }
}
