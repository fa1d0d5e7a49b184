import path from 'node:path';
import type { PixelPlanes, RegionMask } from '#core/audit/index.ts';
import type { Dataset, ListedSample, ReadonlyCatalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { SampleFailure } from '../collection/dataset-batches.ts';
import { checkSplit, getDataset } from '../collection/find-dataset.ts';
import { listSamples } from '../collection/list-samples.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import { preparePicture } from '../prepare-picture.ts';
import { loadPictureRegions } from './picture-regions.ts';
import type { RegionModel } from './region-model.ts';

/** A picture of a dataset as the model receives it, and a region of it. */
export interface DatasetPicture {
  readonly sample: ListedSample;
  readonly planes: PixelPlanes;
  /** Undefined where the picture has no such region, or an empty one. */
  readonly region: RegionMask | undefined;
}

interface PicturesRequest {
  readonly dataset: string;
  readonly split?: string | undefined;
  readonly region: string;
}

export interface PictureReader {
  readonly dataset: Dataset;
  readonly failures: readonly SampleFailure[];
  /** One after another; those that cannot be read are among the failures afterwards. */
  pictures(): AsyncGenerator<DatasetPicture>;
}

/** Every picture of a dataset once, copies left out. Throws `dataset/unknown`. */
export function readDatasetPictures(
  { catalog, model, control }: { catalog: ReadonlyCatalog; model: RegionModel; control: JobControl },
  { dataset: name, split, region }: PicturesRequest,
): PictureReader {
  const dataset = getDataset(catalog, name);
  checkSplit(catalog, dataset, split);
  const failures: SampleFailure[] = [];
  const read = async (sample: ListedSample): Promise<DatasetPicture> => {
    const { recipe } = model;
    const { regions } = await loadPictureRegions({ catalog, dataset, recipe }, sample);
    const found = regions.find((one) => one.name === region && one.mask.coverage.some((share) => share > 0));
    const { input } = await preparePicture(path.join(dataset.folder, sample.path), 0, { recipe });
    const { width, height } = recipe;
    const planes = { channels: input.tensor.length / (width * height), width, height, values: input.tensor };
    return { sample, planes, region: found?.mask };
  };
  async function* pictures(): AsyncGenerator<DatasetPicture> {
    const samples = listSamples(catalog, { dataset: dataset.id, split, duplicates: false });
    for (const [index, sample] of samples.entries()) {
      throwIfCancelled(control);
      control.onProgress?.({ done: index, total: samples.length, label: `${dataset.name}: ${region}` });
      try {
        yield await read(sample);
      } catch (cause) {
        failures.push({ path: sample.path, error: asPictureError(cause).toRecord() });
      }
    }
  }
  return { dataset, failures, pictures };
}

/** Only what is wrong with a picture itself is the picture's failure. */
function asPictureError(cause: unknown): LightboxError {
  const error = LightboxError.from(cause);
  if (error.code.startsWith('picture/')) return error;
  throw error;
}
