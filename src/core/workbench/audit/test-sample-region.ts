import type { Catalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { JobControl } from '../job.ts';
import { openRegionModel, releaseRegionModel, type RegionModelRequest } from './region-model.ts';
import { enterRegionModel, loadOnce, testCase } from './test-case.ts';
import { listTestedRegions } from './tested-region.ts';

interface SampleRegionRequest extends RegionModelRequest {
  /** The model's number in the catalog. */
  readonly model: number;
  readonly sample: number;
  /** As the ledger names it, or `mark 12`. */
  readonly subject: string;
}

/**
 * Tests a region of a picture of the catalog; what comes of it stays there. Throws `sample/unknown`, `picture/...`, what opening a model throws,
 * `model/not-found` where its file has become another, and `request/invalid` for a region the picture has not.
 */
export async function testSampleRegion(
  { engine, catalog }: { readonly engine: Engine; readonly catalog: Catalog },
  request: SampleRegionRequest,
  control: JobControl,
): Promise<Awaited<ReturnType<typeof testCase>>> {
  const sample = catalog.samples.get(request.sample);
  const dataset = catalog.datasets.get(sample.datasetId);
  const model = await openRegionModel(engine, request, control);
  try {
    const entered = enterRegionModel(catalog, model);
    if (entered.id !== request.model) throw changedModel(entered.file);
    const regions = await listTestedRegions({ catalog, dataset, recipe: model.recipe }, sample);
    const tested = regions.find(({ subject }) => subject === request.subject);
    if (!tested) throw noRegion(request.subject);
    const onBatch = (done: number, total: number): void =>
      control.onProgress?.({ done, total, label: 'pictures without the region, and without controls' });
    const place = { engine, catalog, dataset, model, entered, control, onBatch };
    return await testCase(place, { sample, load: loadOnce(place, sample) }, { ...tested, draw: 0 });
  } finally {
    await releaseRegionModel(engine, model);
  }
}

const changedModel = (file: string): LightboxError =>
  new LightboxError('model/not-found', `"${file}" is another model than it was; choose the new one and test again.`);

const noRegion = (subject: string): LightboxError =>
  new LightboxError(
    'request/invalid',
    `The picture has no region "${subject}" that the model sees; choose another, or mark something inside of what it sees.`,
  );
