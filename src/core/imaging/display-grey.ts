import { toGrey } from './luma.ts';
import type { Picture } from './picture.ts';
import { cubic } from './resample-weights.ts';
import { resizeBytes } from './resample.ts';
import type { Raster, Size } from './resample.ts';

/** Share of pixels at each end that a 16-bit picture's display range leaves out. */
const TRIMMED_SHARE = 0.001;

/**
 * A picture as 8-bit grey for the eye, at a size of its own. 8-bit pictures keep their levels; 16-bit ones are spread
 * over the grey range between their darkest and brightest 0.1 %. This never touches what the model is given.
 */
export function renderDisplayGrey(picture: Picture, size: Size): Raster<Uint8Array> {
  const grey = picture.channels === 3 ? toGrey(picture) : picture;
  const { width, height } = picture;
  return resizeBytes({ width, height, channels: 1, samples: toDisplayBytes(grey.samples) }, size, cubic);
}

/** 8-bit samples as they are; 16-bit ones spread over the range between their darkest and brightest 0.1 %. */
export function toDisplayBytes(samples: Raster['samples']): Uint8Array {
  if (samples instanceof Uint8Array) return samples;
  const [low, high] = findDisplayRange(samples);
  const scale = high > low ? 255 / (high - low) : 0;
  return Uint8Array.from(new Uint8ClampedArray(samples.length).map((_, at) => ((samples[at] ?? 0) - low) * scale));
}

function findDisplayRange(samples: Uint16Array | Float32Array): [low: number, high: number] {
  const counts = new Uint32Array(65_536);
  for (const sample of samples) {
    const level = Math.trunc(sample);
    counts[level] = (counts[level] ?? 0) + 1;
  }
  const trimmed = samples.length * TRIMMED_SHARE;
  return [findLevel(counts, trimmed), 65_535 - findLevel(counts.toReversed(), trimmed)];
}

/** The first level at which more than this many samples have been counted. */
function findLevel(counts: Uint32Array, trimmed: number): number {
  let counted = 0;
  return counts.findIndex((count) => (counted += count) > trimmed);
}
