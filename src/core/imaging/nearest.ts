import type { Raster, RasterSamples, Size } from './resample.ts';

/** Resize by taking the sample under each output pixel's center, as Pillow's NEAREST does. */
export function resizeNearest<Samples extends RasterSamples>(source: Raster<Samples>, size: Size): Raster<Samples> {
  const { channels } = source;
  const columns = nearestIndices(source.width, size.width);
  const rows = nearestIndices(source.height, size.height);
  const samples = source.samples.slice(0, 0).constructor as new (length: number) => Samples;
  const target = new samples(size.width * size.height * channels);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      const from = (row * source.width + column) * channels;
      for (let channel = 0; channel < channels; channel++) target[at++] = source.samples[from + channel] ?? 0;
    }
  }
  return { ...source, ...size, samples: target };
}

/** Positions are summed up step by step, as Pillow does, so that rounding falls the same way on long axes. */
function nearestIndices(inputLength: number, outputLength: number): Int32Array {
  const scale = inputLength / outputLength;
  let position = scale * 0.5;
  return new Int32Array(outputLength).map(() => {
    const index = Math.min(inputLength - 1, Math.floor(position));
    position += scale;
    return index;
  });
}
