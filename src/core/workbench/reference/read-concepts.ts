import {
  createClassFinder,
  type Catalog,
  type ConceptLayer,
  type ConceptScope,
  type Dataset,
  type NewConceptReading,
  type Setup,
  type UnreadSample,
} from '#core/catalog/index.ts';
import type { AttributeRequest, ConceptReading, Engine, Prediction } from '#core/engine/index.ts';
import type { Composite, Network } from '#core/relevance/index.ts';
import { joinInputs } from '../batch-rows.ts';
import { listConceptLayers } from '../concept-layers.ts';
import { prepareBatches, type PreparedSample, type SampleFailure } from '../collection/dataset-batches.ts';
import { findSetup, openDatasetModel, originOf, type DatasetModel } from '../collection/dataset-model.ts';
import { checkSplit, getDataset, listLabels } from '../collection/find-dataset.ts';
import type { DatasetJobReport } from '../collection/predict-dataset.ts';
import { beginJob, runJob, waitToSave } from '../collection/run-job.ts';
import type { JobControl } from '../job.ts';
import { loadModelFile, type ModelFile } from '../model-file.ts';
import { readModelNetwork } from '../name-rules.ts';
import { chooseConceptLayers } from './choose-concepts.ts';
import type { Ranking, ReferenceRequest } from './reference-request.ts';

/** What the concepts of a model carry on the pictures of a dataset, in the catalog. */
export interface ReadDataset {
  readonly dataset: Dataset;
  readonly model: DatasetModel['model'];
  readonly file: ModelFile;
  readonly network: Network;
  /** Names of the model's outputs. */
  readonly labels: readonly string[];
  /** Chosen layers in the network's order. */
  readonly layers: readonly ConceptLayer[];
  /** The pictures that count. */
  readonly scope: ConceptScope;
  readonly report: DatasetJobReport;
}

export interface ReadingRequest extends ReferenceRequest {
  readonly by: Ranking['by'];
  /** For relevance. */
  readonly chosenComposite: Composite;
}

interface Reading {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly request: ReadingRequest;
  readonly control: JobControl;
  readonly dataset: Dataset;
  readonly model: DatasetModel;
  readonly setup: Setup;
  readonly layers: readonly ConceptLayer[];
  readonly scope: ConceptScope;
}

/**
 * Reads what every channel of the chosen layers carries on each picture of a dataset that was not read yet. All layers are computed
 * whatever is chosen, and each picture alone: so a value never depends on how a job was cut up or what else was asked for.
 */
export async function readConceptsOfDataset(
  place: { readonly engine: Engine; readonly catalog: Catalog },
  request: ReadingRequest,
  control: JobControl,
): Promise<ReadDataset> {
  const start = performance.now();
  const { engine, catalog } = place;
  const dataset = getDataset(catalog, request.dataset);
  checkSplit(catalog, dataset, request.split);
  const network = readModelNetwork(await loadModelFile(request.modelPath));
  const { layers: all } = network;
  const chosen = chooseConceptLayers(all, request.layers);
  const { by: kind, chosenComposite: composite } = request;
  const model = await openDatasetModel(
    { ...place, control },
    {
      ...request,
      composite: kind === 'relevance' ? composite : undefined,
      concepts: listConceptLayers(all).map(({ name: layer }) => ({ layer, kind, peaks: true })),
      datasetLabels: listLabels(catalog, dataset),
    },
  );
  try {
    const settings = kind === 'relevance' ? { kind, composite, target: 'label', initial: 'logit' } : { kind };
    const setup = findSetup(catalog, model, { kind: 'concept', settings });
    const layers = catalog.concepts.layers.insertAll(
      chosen.map(({ name, channels, height, width }) => ({ setup: setup.id, name, channels, height, width })),
    );
    const classes = kind === 'relevance' ? model.labels : undefined;
    const scope = { dataset: dataset.id, split: request.split, classes };
    const done = await readMissing({ ...place, request, control, dataset, model, setup, layers, scope });
    const { file, sha256 } = model.model;
    const seconds = (performance.now() - start) / 1000;
    const warnings = [...model.warnings, ...describeUnlabelled(catalog, { dataset, scope })];
    const report = { dataset: dataset.name, model: { file, sha256 }, ...done, warnings, seconds };
    return { dataset, model: model.model, file: model.file, network, labels: model.labels, layers, scope, report };
  } finally {
    await engine.release(model.opened.handle);
  }
}

async function readMissing(job: Reading): Promise<Pick<DatasetJobReport, 'computed' | 'failures'>> {
  const { catalog, request, control, dataset, model, setup, layers, scope } = job;
  const samples = catalog.concepts.listUnread(
    layers.map(({ id }) => id),
    scope,
  );
  if (samples.length === 0) return { computed: 0, failures: [] };
  const settings = { dataset: dataset.name, model: model.model.sha256, split: request.split ?? null, setup: setup.id };
  const failures: SampleFailure[] = [];
  let computed = 0;
  const { batchSize = 8 } = request;
  const recipe = model.file.manifest.manifest.input;
  const begun = beginJob(catalog, { kind: 'concepts', settings, total: samples.length });
  await runJob({ catalog, job: begun, control }, async (steps) => {
    for await (const { ready, failures: failed } of prepareBatches({ dataset, samples, recipe, batchSize })) {
      failures.push(...failed);
      if (ready.length > 0) await readBatch(job, ready);
      computed += ready.length;
      await steps.done(ready.length + failed.length, `${dataset.name}: reading concepts`);
    }
  });
  return { computed, failures };
}

async function readBatch(job: Reading, ready: readonly PreparedSample<UnreadSample>[]): Promise<void> {
  const { catalog, model, request } = job;
  const findClass = createClassFinder(model.labels);
  const targets = ready.map(({ sample }) => findClass(sample.label) ?? 0);
  const { logits, concepts } = await compute(job, { ready, targets });
  const classes = model.labels.length;
  const readings = ready.map(({ sample: { contentSha256, label } }, row): NewConceptReading => {
    const [target = 0] = targets.slice(row);
    const explained = { label, target, logit: logits[row * classes + target] ?? 0 };
    return {
      ...{ contentSha256, explained: request.by === 'relevance' ? explained : undefined },
      concepts: job.layers.flatMap((layer) => sliceReading(concepts, layer, row)),
    };
  });
  await waitToSave(catalog, job.control);
  catalog.concepts.insertAll(originOf(model), readings);
}

/** One picture after the other: kernels choose their order of summation by the number of rows. */
function compute(
  { engine, control, model, request }: Reading,
  { ready, targets }: { readonly ready: readonly PreparedSample[]; readonly targets: readonly number[] },
): Promise<Prediction> {
  const call: AttributeRequest = {
    ...{ handle: model.opened.handle, images: joinInputs(ready.map(({ prepared }) => prepared)) },
    ...(request.by === 'relevance' && { targets, initial: 'logit' as const }),
  };
  const options = { batchSize: 1, signal: control.signal };
  return request.by === 'relevance' ? engine.attribute(call, options) : engine.predict(call, options);
}

function sliceReading(
  readings: readonly ConceptReading[],
  { id, name, channels }: ConceptLayer,
  row: number,
): NewConceptReading['concepts'] {
  const reading = readings.find(({ layer }) => layer === name);
  if (!reading?.peaks) return [];
  const part = (values: Float32Array): Float32Array => values.subarray(row * channels, (row + 1) * channels);
  const peaks = { values: part(reading.peaks.values), positions: part(reading.peaks.positions) };
  return [{ layer: id, sums: part(reading.sums), peaks }];
}

/** Samples that have no relevance for their label, in sentences. */
function describeUnlabelled(
  catalog: Catalog,
  { dataset, scope: { classes, split } }: { readonly dataset: Dataset; readonly scope: ConceptScope },
): readonly string[] {
  if (!classes) return [];
  const findClass = createClassFinder(classes);
  const unknown = new Map<string, number>();
  for (const { label = '', split: own, count } of catalog.samples.countByGroup(dataset.id)) {
    if ((split !== undefined && own !== split) || findClass(label) !== undefined) continue;
    unknown.set(label, (unknown.get(label) ?? 0) + count);
  }
  return Array.from(unknown, ([label, count]) => {
    const pictures = count === 1 ? '1 picture has' : `${count} pictures have`;
    const what = label === '' ? 'no label' : `the label "${label}", which is no class of the model,`;
    return `${pictures} ${what} and took no part; activations need no label (--rank-by activation).`;
  });
}
