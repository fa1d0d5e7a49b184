import path from 'node:path';
import { LightboxError, type ErrorRecord } from '#shared/errors.ts';
import type { Dataset, MissingSample } from '#core/catalog/index.ts';
import type { InputRecipe } from '#core/imaging/index.ts';
import { preparePicture, type PreparedPicture } from '../prepare-picture.ts';
import { inChunks, mapInFlight } from './in-flight.ts';

/** A picture of a dataset, ready for the model. */
export interface PreparedSample<Sample extends MissingSample = MissingSample> {
  readonly sample: Sample;
  readonly prepared: PreparedPicture;
}

/** A picture of a dataset that could not be used. */
export interface SampleFailure {
  /** Within the dataset. */
  readonly path: string;
  readonly error: ErrorRecord;
}

export interface SampleBatch<Sample extends MissingSample = MissingSample> {
  readonly ready: readonly PreparedSample<Sample>[];
  readonly failures: readonly SampleFailure[];
}

export interface BatchRequest<Sample extends MissingSample = MissingSample> {
  readonly dataset: Dataset;
  readonly samples: readonly Sample[];
  readonly recipe: InputRecipe;
  readonly batchSize: number;
}

/** Batches decoded and prepared while the engine computes the one before. */
const BATCHES_AHEAD = 2;

export async function* prepareBatches<Sample extends MissingSample>(
  request: BatchRequest<Sample>,
): AsyncGenerator<SampleBatch<Sample>> {
  const { samples, batchSize } = request;
  const prepared = mapInFlight(samples, batchSize * BATCHES_AHEAD, (sample) => prepareSample(request, sample));
  for await (const chunk of inChunks(prepared, { first: batchSize, most: batchSize })) {
    yield {
      ready: chunk.flatMap((one) => ('prepared' in one ? [one] : [])),
      failures: chunk.flatMap((one) => ('error' in one ? [one] : [])),
    };
  }
}

/** Of a picture that cannot be used, why. */
export async function prepareSample<Sample extends MissingSample>(
  { dataset, recipe }: Pick<BatchRequest, 'dataset' | 'recipe'>,
  sample: Sample,
): Promise<PreparedSample<Sample> | SampleFailure> {
  try {
    const prepared = await preparePicture(path.join(dataset.folder, sample.path), 0, { recipe });
    // A result must stand beside the picture it was made from.
    if (prepared.picture.sha256 !== sample.contentSha256) throw changed(sample);
    return { sample, prepared };
  } catch (cause) {
    const error = LightboxError.from(cause);
    if (error.code === 'internal') throw error;
    return { path: sample.path, error: error.toRecord() };
  }
}

function changed({ path: file }: MissingSample): LightboxError {
  const sentence = `"${file}" is not the picture that was imported; import its folder again.`;
  return new LightboxError('picture/unreadable', sentence);
}
