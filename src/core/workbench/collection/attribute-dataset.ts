import type { Catalog, Dataset, MissingSample, Setup } from '#core/catalog/index.ts';
import { createClassFinder } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { defaultComposite, type Composite } from '#core/relevance/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { chooseComposites } from '../choose-composites.ts';
import type { JobControl } from '../job.ts';
import { countClasses, loadModelFile } from '../model-file.ts';
import { resolveTarget } from '../resolve-target.ts';
import { zBoxBounds } from '../zbox-bounds.ts';
import { attributeSamples, describeSettings } from './attribute-samples.ts';
import { chooseSamples, keepChosen } from './choose-samples.ts';
import { prepareBatches, type SampleFailure } from './dataset-batches.ts';
import { findSetup, openDatasetModel, type DatasetModel } from './dataset-model.ts';
import { checkSplit, getDataset, listLabels } from './find-dataset.ts';
import type { DatasetJobReport } from './predict-dataset.ts';
import { beginJob, runJob } from './run-job.ts';

export interface AttributeDatasetRequest {
  readonly dataset: string;
  readonly modelPath: string;
  readonly split?: string | undefined;
  /** One by name or JSON file; EpsilonPlusFlat when not given. */
  readonly composite?: string | undefined;
  /** `predicted` (default), `label` for the dataset's own answer, a label, or an index. */
  readonly target?: string | undefined;
  readonly initial?: 'one' | 'logit' | undefined;
  readonly provider?: ProviderChoice | undefined;
  /** Names of the model's outputs in their order; its manifest's when not given. */
  readonly labels?: readonly string[] | undefined;
  /** These alone, by their ids; all when not given. */
  readonly samples?: readonly number[] | undefined;
  /** Pictures computed together; 1 by default. */
  readonly batchSize?: number | undefined;
  /** Only the first pictures of each class, so many; all when not given. */
  readonly perClass?: number | undefined;
}

/** Every composite a job was asked for has a report of its own. */
export interface AttributionReport extends DatasetJobReport {
  readonly composite: string;
  /** The catalog's id of the model with these settings: what its attributions are found by. */
  readonly setup: number;
}

interface Attributing {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly request: AttributeDatasetRequest;
  readonly control: JobControl;
  readonly dataset: Dataset;
  readonly model: DatasetModel;
  readonly setup: Setup;
  readonly composite: Composite;
}

/** Computes the heatmap of every picture of a dataset that has none of this model and these settings yet. */
export async function attributeDataset(
  place: { readonly engine: Engine; readonly catalog: Catalog },
  request: AttributeDatasetRequest,
  control: JobControl,
): Promise<readonly AttributionReport[]> {
  const dataset = getDataset(place.catalog, request.dataset);
  checkSplit(place.catalog, dataset, request.split);
  const bounds = zBoxBounds(await loadModelFile(request.modelPath));
  const reports: AttributionReport[] = [];
  for (const composite of await chooseComposites(request.composite ?? defaultComposite, bounds)) {
    reports.push(await attributeWith({ ...place, request, control, dataset, composite }));
  }
  return reports;
}

async function attributeWith(job: Omit<Attributing, 'model' | 'setup'>): Promise<AttributionReport> {
  const start = performance.now();
  const { engine, catalog, request, dataset, composite } = job;
  const model = await openDatasetModel(job, { ...request, composite, datasetLabels: listLabels(catalog, dataset) });
  try {
    const { target = 'predicted', initial = 'one' } = request;
    const setup = findSetup(catalog, model, {
      kind: 'attribution',
      settings: describeSettings({ composite, initial, target }),
    });
    const done = await attributeMissing({ ...job, model, setup });
    const { file, sha256 } = model.model;
    const seconds = (performance.now() - start) / 1000;
    return {
      dataset: dataset.name,
      composite: composite.name,
      setup: setup.id,
      model: { file, sha256 },
      ...done,
      warnings: model.warnings,
      seconds,
    };
  } finally {
    await engine.release(model.opened.handle);
  }
}

async function attributeMissing(job: Attributing): Promise<Pick<DatasetJobReport, 'computed' | 'failures'>> {
  const { catalog, request, control, dataset, model, setup, composite } = job;
  const samples = listMissing(job);
  const chooseTarget = createTargetChoice(job);
  if (samples.length === 0) return { computed: 0, failures: [] };
  const settings = { dataset: dataset.name, model: model.model.sha256, split: request.split ?? null, setup: setup.id };
  const failures: SampleFailure[] = [];
  let computed = 0;
  const { batchSize = 1 } = request;
  const recipe = model.file.manifest.manifest.input;
  const begun = beginJob(catalog, { kind: 'attribute', settings, total: samples.length });
  await runJob({ catalog, job: begun, control }, async (steps) => {
    for await (const batch of prepareBatches({ dataset, samples, recipe, batchSize })) {
      failures.push(...batch.failures);
      const targeted = batch.ready.map((one) => ({ ...one, target: chooseTarget(one.sample) }));
      const ready = targeted.flatMap((one) => (typeof one.target === 'number' ? [{ ...one, target: one.target }] : []));
      failures.push(...targeted.flatMap(({ target }) => (typeof target === 'number' ? [] : [target])));
      if (ready.length > 0)
        await attributeSamples({ ...job, initial: request.initial ?? 'one', signal: control.signal }, ready);
      computed += ready.length;
      await steps.done(batch.ready.length + batch.failures.length, `${dataset.name}: ${composite.name}`);
    }
  });
  return { computed, failures };
}

function listMissing({ catalog, request, dataset, setup, model }: Attributing): readonly MissingSample[] {
  const scope = { dataset: dataset.id, split: request.split };
  const { attributions } = catalog;
  const outdated =
    request.target === 'label' ? attributions.listOutdated(setup.id, { ...scope, classes: model.labels }) : [];
  const missing = keepChosen([...attributions.listMissing(setup.id, scope), ...outdated], request.samples);
  if (request.perClass === undefined) return missing;
  const chosen = chooseSamples(catalog, dataset, request.perClass);
  return missing.filter(({ id }) => chosen.has(id));
}

type TargetChoice = (sample: MissingSample) => number | SampleFailure;

/** The class each picture is explained for. A picture whose label the model does not have cannot be explained for it. */
function createTargetChoice({ catalog, request: { target = 'predicted' }, model }: Attributing): TargetChoice {
  const { labels, opened } = model;
  if (target !== 'label') {
    const index = resolveTarget(target, { labels, classCount: countClasses(opened.network) });
    return () => index;
  }
  const findClass = createClassFinder(labels);
  return ({ id, path }) => {
    const { label = '' } = catalog.samples.get(id);
    const index = findClass(label);
    if (index !== undefined) return index;
    const sentence =
      label === '' ? `"${path}" has no label to explain.` : `The model has no class "${label}" ("${path}").`;
    return { path, error: new LightboxError('target/unknown', sentence).toRecord() };
  };
}
