import type { SampleEntry } from '#shared/samples.ts';
import type { SampleBatch } from './layout.ts';

/** Samples of one batch: enough to keep a database busy, few enough to show something soon. */
export const BATCH_SIZE = 500;

/** Samples in batches. */
export function* sliceSamples(samples: readonly SampleEntry[]): Generator<SampleBatch> {
  for (let start = 0; start < samples.length; start += BATCH_SIZE) {
    yield { samples: samples.slice(start, start + BATCH_SIZE), problems: [] };
  }
}
