import type { Raster, Size } from './resample.ts';

/** What an output draws on along one axis: so many inputs from `start` on, each with its share; the shares add up to 1. */
interface Span {
  readonly start: number;
  readonly shares: Float64Array;
}

/**
 * A smaller picture, each of its pixels the average of the area it covers, pixels cut by the area's edge counted by their
 * part. Made for speed: every input is read once or twice. An axis is never enlarged.
 */
export function shrinkBytes(source: Raster<Uint8Array>, { width, height }: Size): Raster<Uint8Array> {
  const { channels } = source;
  const columns = cutSpans(source.width, Math.min(width, source.width));
  const rows = cutSpans(source.height, Math.min(height, source.height));
  const samples = new Uint8ClampedArray(columns.length * rows.length * channels);
  const sums = new Float64Array(source.width * channels);
  rows.forEach((row, y) => {
    averageRows(source.samples, row, sums);
    averageColumns(sums, columns, samples.subarray(y * columns.length * channels, (y + 1) * columns.length * channels));
  });
  return { width: columns.length, height: rows.length, channels, samples: new Uint8Array(samples.buffer) };
}

function cutSpans(length: number, outputLength: number): readonly Span[] {
  const scale = length / outputLength;
  return Array.from({ length: outputLength }, (_, output) => {
    const [from, to] = [output * scale, Math.min(length, (output + 1) * scale)];
    const start = Math.trunc(from);
    const shares = new Float64Array(Math.ceil(to) - start);
    for (let at = 0; at < shares.length; at++)
      shares[at] = (Math.min(to, start + at + 1) - Math.max(from, start + at)) / scale;
    return { start, shares };
  });
}

/** Into `sums`, which is as long as a row. */
function averageRows(samples: Uint8Array, { start, shares }: Span, sums: Float64Array): void {
  sums.fill(0);
  for (let row = 0; row < shares.length; row++) {
    const share = shares[row] ?? 0;
    const from = (start + row) * sums.length;
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (samples[from + at] ?? 0) * share;
  }
}

/** Into `target`, which holds as many channels for each column; it rounds. */
function averageColumns(sums: Float64Array, columns: readonly Span[], target: Uint8ClampedArray): void {
  const channels = target.length / columns.length;
  for (let column = 0, to = 0; column < columns.length; column++) {
    const { start, shares } = columns[column] as Span;
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let at = 0, from = start * channels + channel; at < shares.length; at++, from += channels)
        sum += (sums[from] ?? 0) * (shares[at] ?? 0);
      target[to++] = sum;
    }
  }
}
