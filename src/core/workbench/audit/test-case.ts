import path from 'node:path';
import type { Audit, Catalog, Dataset, Model, Sample } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { enterModel } from '../collection/dataset-model.ts';
import type { JobControl } from '../job.ts';
import { preparePicture } from '../prepare-picture.ts';
import { lightboxVersion } from '../versions.ts';
import { describeCaseSettings, findChanges, type CaseSettings } from './case-settings.ts';
import { describeRegionTest } from './describe-region-test.ts';
import type { CaseRecord } from './mark-test-request.ts';
import type { RegionModel } from './region-model.ts';
import { testRegion } from './test-region.ts';
import type { TestedRegion } from './tested-region.ts';

/** Where and how cases are tested. */
export interface CasePlace {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly dataset: Dataset;
  readonly model: RegionModel;
  /** The model in the catalog. */
  readonly entered: Model;
  readonly controls?: number | undefined;
  readonly seed?: number | undefined;
  readonly control: JobControl;
  /** How far a single test is. */
  readonly onBatch?: ((done: number, total: number) => void) | undefined;
}

export interface TestedSample {
  readonly sample: Pick<Sample, 'id' | 'path' | 'contentSha256'>;
  /** Decodes the picture when first asked; several regions of it share that. */
  readonly load: () => Promise<Float32Array>;
}

/** The picture as the model receives it. */
export function loadOnce(
  { dataset, model: { recipe } }: CasePlace,
  { path: file }: Pick<Sample, 'path'>,
): TestedSample['load'] {
  let loaded: Promise<Float32Array> | undefined;
  return () =>
    (loaded ??= preparePicture(path.join(dataset.folder, file), 0, { recipe }).then(({ input }) => input.tensor));
}

export const enterRegionModel = (catalog: Catalog, { identified, predictor, labels }: RegionModel): Model =>
  enterModel(catalog, identified, { opened: predictor, labels });

/** Tests a region of a picture, or finds that it was tested with the same settings; what comes of it stays in the catalog. Throws as `testRegion`. */
export async function testCase(
  place: CasePlace,
  { sample, load }: TestedSample,
  { draw, ...tested }: TestedRegion & { readonly draw: number },
): Promise<Audit & { readonly result: CaseRecord }> {
  const { engine, catalog, dataset, model, entered, controls, control } = place;
  const { subject, basis, region, ...how } = tested;
  const facts = { ...place, ...{ model: entered, recipe: model.recipe, composite: model.composite } };
  const settings = describeCaseSettings(facts, { picture: sample.contentSha256 ?? sample.path, basis, draw });
  const known = catalog.audits
    .listOfSample(sample.id)
    .find((one) => one.kind === 'case' && one.subject === subject && isSame(one, settings));
  if (known) return { ...known, result: reviveCase(known.result as CaseRecord) };
  const { seed } = settings;
  const done = await testRegion({
    ...{
      engine,
      model,
      tensor: await load(),
      region,
      ...how,
      controls,
      seed,
      signal: control.signal,
      onBatch: place.onBatch,
    },
  });
  const result = describeRegionTest(done, { labels: model.labels, region });
  const { provider, adapter } = model.predictor;
  const audit = catalog.audits.insert({
    ...{ kind: 'case', model: entered.id, dataset: dataset.id, sample: sample.id, subject, settings, result },
    origin: { version: lightboxVersion, provider, adapter },
  });
  return { ...audit, result };
}

/** JSON has no infinities: of controls that do not differ the catalog keeps null. */
const reviveCase = (kept: CaseRecord): CaseRecord => ({
  ...kept,
  classes: kept.classes.map((record) => ({
    ...record,
    effects: record.effects.map((effect) => ({
      ...effect,
      fills: effect.fills.map((one) => ({ ...one, deviations: (one.deviations as number | null) ?? Infinity })),
    })),
  })),
});

const isSame = ({ settings }: Audit, now: CaseSettings): boolean =>
  findChanges(settings as CaseSettings, now).length === 0;

/** Only what is wrong with a picture itself is the picture's failure. */
export function asPictureError(cause: unknown): LightboxError {
  const error = LightboxError.from(cause);
  if (error.code.startsWith('picture/') || error.code === 'request/invalid') return error;
  throw error;
}
