import path from 'node:path';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import { pixelBounds } from '#core/imaging/index.ts';
import type { InputCheck } from '#shared/contract/models.ts';
import { loadModelFile } from '../../model-file.ts';
import { preparePicture } from '../../prepare-picture.ts';
import { getModelPath } from './list-models.ts';

/** Prepares a picture as a model wants it and tells the range it ends up in. Throws `picture/...`, `model/...`. */
export async function checkInput(
  catalog: ReadonlyCatalog,
  { model, sample: sampleId }: { readonly model: number; readonly sample: number },
): Promise<InputCheck> {
  const { manifest } = await loadModelFile(getModelPath(catalog, model));
  const recipe = manifest.manifest.input;
  const sample = catalog.samples.get(sampleId);
  const { folder } = catalog.datasets.get(sample.datasetId);
  const { input } = await preparePicture(path.join(folder, sample.path), 0, { recipe });
  const { low, high } = pixelBounds(recipe);
  return {
    ...input.statistics,
    ...{ black: Math.min(...low), white: Math.max(...high), warnings: [...input.warnings] },
  };
}
