import type { Catalog, Dataset, Setup } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import type { JobControl } from '../job.ts';
import { keepChosen } from './choose-samples.ts';
import { prepareBatches, type SampleFailure } from './dataset-batches.ts';
import { findSetup, openDatasetModel, type DatasetModel } from './dataset-model.ts';
import { checkSplit, getDataset, listLabels } from './find-dataset.ts';
import { predictSamples } from './predict-samples.ts';
import { beginJob, runJob } from './run-job.ts';

export interface PredictRequest {
  readonly dataset: string;
  readonly modelPath: string;
  /** All splits when not given. */
  readonly split?: string | undefined;
  readonly provider?: ProviderChoice | undefined;
  /** Names of the model's outputs in their order; its manifest's when not given. */
  readonly labels?: readonly string[] | undefined;
  /** These alone, by their ids; all when not given. */
  readonly samples?: readonly number[] | undefined;
  /** Pictures computed together; 8 by default. */
  readonly batchSize?: number | undefined;
}

/** What a job over a dataset did. */
export interface DatasetJobReport {
  readonly dataset: string;
  readonly model: { readonly file: string; readonly sha256: string };
  /** Pictures that have a result now and had none. */
  readonly computed: number;
  readonly failures: readonly SampleFailure[];
  /** What was assumed, in sentences. */
  readonly warnings: readonly string[];
  readonly seconds: number;
}

export interface DatasetPredictions {
  readonly report: DatasetJobReport;
  readonly dataset: Dataset;
  readonly model: DatasetModel['model'];
  readonly setup: Setup;
  readonly labels: readonly string[];
}

/** Predicts every picture of a dataset that has no prediction of this model yet. */
export async function predictDataset(
  place: { readonly engine: Engine; readonly catalog: Catalog },
  request: PredictRequest,
  control: JobControl,
): Promise<DatasetPredictions> {
  const start = performance.now();
  const { catalog, engine } = place;
  const dataset = getDataset(catalog, request.dataset);
  checkSplit(catalog, dataset, request.split);
  const model = await openDatasetModel(
    { ...place, control },
    // Callers pass requests on that name a composite too; predicting takes none.
    { ...request, composite: undefined, datasetLabels: listLabels(catalog, dataset) },
  );
  try {
    const setup = findSetup(catalog, model, { kind: 'prediction', settings: {} });
    const done = await predictMissing({ ...place, request, control, dataset, model, setup });
    const { file, sha256 } = model.model;
    const seconds = (performance.now() - start) / 1000;
    const report = { dataset: dataset.name, model: { file, sha256 }, ...done, warnings: model.warnings, seconds };
    return { report, dataset, model: model.model, setup, labels: model.labels };
  } finally {
    await engine.release(model.opened.handle);
  }
}

interface Predicting {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly request: PredictRequest;
  readonly control: JobControl;
  readonly dataset: Dataset;
  readonly model: DatasetModel;
  readonly setup: Setup;
}

async function predictMissing(job: Predicting): Promise<Pick<DatasetJobReport, 'computed' | 'failures'>> {
  const { catalog, request, control, dataset, model, setup } = job;
  const missing = catalog.predictions.listMissing(setup.id, { dataset: dataset.id, split: request.split });
  const samples = keepChosen(missing, request.samples);
  if (samples.length === 0) return { computed: 0, failures: [] };
  const settings = { dataset: dataset.name, model: model.model.sha256, split: request.split ?? null };
  const failures: SampleFailure[] = [];
  let computed = 0;
  const { batchSize = 8 } = request;
  const recipe = model.file.manifest.manifest.input;
  const begun = beginJob(catalog, { kind: 'predict', settings, total: samples.length });
  await runJob({ catalog, job: begun, control }, async (steps) => {
    for await (const { ready, failures: failed } of prepareBatches({ dataset, samples, recipe, batchSize })) {
      failures.push(...failed);
      if (ready.length > 0) await predictSamples({ ...job, signal: control.signal }, ready);
      computed += ready.length;
      await steps.done(ready.length + failed.length, `${dataset.name}: predicting`);
    }
  });
  return { computed, failures };
}
