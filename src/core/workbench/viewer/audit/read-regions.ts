import { wholePixels } from '#core/audit/index.ts';
import type { Model, ReadonlyCatalog } from '#core/catalog/index.ts';
import { outlineMask } from '#core/figures/index.ts';
import { computeModelView, type InputRecipe } from '#core/imaging/index.ts';
import type { PictureRegions } from '#shared/contract/audit-results.ts';
import { listTestedRegions } from '../../audit/tested-region.ts';
import type { ModelFiles } from '../explain/model-files.ts';
import { readInputRecipe } from '../picture-facts.ts';

/** How a model's pictures are prepared: by its file, or, where that is gone, by what its results were made with. */
export async function findRecipe(
  { catalog, files }: { readonly catalog: ReadonlyCatalog; readonly files: ModelFiles },
  model: Model,
): Promise<InputRecipe> {
  try {
    const { file } = await files.get(model);
    return file.manifest.manifest.input;
  } catch (cause) {
    const [setup] = catalog.setups.list(model.id);
    if (!setup) throw cause;
    return readInputRecipe(catalog, setup.id);
  }
}

/** What can be taken out of a picture, with outlines on the pixels of the model's input. Throws `sample/unknown`, `model/not-found`. */
export async function readPictureRegions(
  place: { readonly catalog: ReadonlyCatalog; readonly files: ModelFiles },
  request: { readonly sample: number; readonly model: number },
): Promise<PictureRegions> {
  const { catalog } = place;
  const sample = catalog.samples.get(request.sample);
  const dataset = catalog.datasets.get(sample.datasetId);
  const recipe = await findRecipe(place, catalog.models.get(request.model));
  const { width, height } = recipe;
  const regions = await listTestedRegions({ catalog, dataset, recipe }, sample);
  return {
    regions: regions.map(({ subject, region }) => ({
      subject,
      areaShare: region.coverage.reduce((sum, share) => sum + share, 0) / region.coverage.length,
      outline: outlineMask(wholePixels(region), width),
    })),
    view: computeModelView({ width: sample.width ?? width, height: sample.height ?? height }, recipe).region,
    grid: { width, height },
  };
}

/** Regions of a dataset's pictures, and on how many pictures there is one. */
export function countSubjects(
  catalog: ReadonlyCatalog,
  dataset: number,
): { readonly subject: string; readonly pictures: number }[] {
  const masks = catalog.masks.countKinds(dataset).map(({ kind, count }) => ({ subject: kind, pictures: count }));
  const marks = catalog.samples.facets.countMarkKinds({ dataset });
  return [
    ...marks.map(({ kind, count }) => ({ subject: `mark: ${kind}`, pictures: count })),
    ...masks,
    { subject: 'border', pictures: catalog.samples.count({ dataset }) },
  ];
}
