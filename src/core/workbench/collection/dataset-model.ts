import type { JobControl } from '../job.ts';
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Catalog, Model, NewModel, Origin, SetupKind, Setup } from '#core/catalog/index.ts';
import type { Engine, OpenedModel, OpenRequest } from '#core/engine/index.ts';
import type { Composite } from '#core/relevance/index.ts';

import type { ProviderChoice } from '#shared/providers.ts';
import {
  checkManifest,
  countClasses,
  loadModelFile,
  recordModel,
  type ModelFile,
  type ModelRecord,
} from '../model-file.ts';
import { lightboxVersion } from '../versions.ts';
import { chooseLabels } from './choose-labels.ts';

/** A model that works on a dataset: its file, its place in the catalog, and where it runs. */
export interface DatasetModel {
  readonly file: ModelFile;
  readonly model: Model;
  readonly opened: OpenedModel;
  /** A name for each output. */
  readonly labels: readonly string[];
  /** What was assumed, in sentences. */
  readonly warnings: readonly string[];
}

export interface DatasetModelRequest {
  readonly modelPath: string;
  readonly provider?: ProviderChoice | undefined;
  /** Without one the model only predicts. */
  readonly composite?: Composite | undefined;
  /** Layers of which is told what their channels carry. */
  readonly concepts?: OpenRequest['concepts'] | undefined;
  /** Layers at which conditioned relevance may begin. */
  readonly starts?: OpenRequest['starts'] | undefined;
  readonly batch?: OpenRequest['batch'] | undefined;
  /** Names of the outputs in their order, where the user gives them; else the manifest's. */
  readonly labels?: readonly string[] | undefined;
  /** The labels of the dataset, in any order. */
  readonly datasetLabels: readonly string[];
}

interface ModelPlace {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly control: JobControl;
}

/** Opens a model and enters it into the catalog. The caller releases it. */
export async function openDatasetModel(place: ModelPlace, request: DatasetModelRequest): Promise<DatasetModel> {
  return openIdentified(place, await identifyModel(await loadModelFile(request.modelPath)), request);
}

/** A model file whose content is known. */
export interface IdentifiedModel {
  readonly file: ModelFile;
  readonly record: ModelRecord;
  /** Its name in the catalog: of the model's file alone where that is all of it, else over the hashes of all its files. */
  readonly sha256: string;
}

export async function identifyModel(file: ModelFile): Promise<IdentifiedModel> {
  const record = await recordModel(file);
  return { file, record, sha256: hashOf(record) };
}

/** As `openDatasetModel`, where the file was read before. */
export async function openIdentified(
  { engine, catalog, control }: ModelPlace,
  identified: IdentifiedModel,
  request: Omit<DatasetModelRequest, 'modelPath'>,
): Promise<DatasetModel> {
  const { file } = identified;
  const { provider, composite, concepts, starts, batch } = request;
  const { height, width } = file.manifest.manifest.input;
  const opened = await engine.open(
    {
      ...{ modelPath: file.path, inputSize: { height, width } },
      ...(composite && { composite }),
      ...(concepts && { concepts }),
      ...(starts && { starts }),
      ...(batch && { batch }),
      ...(provider && { provider }),
    },
    control,
  );
  checkManifest(file, opened.network);
  const { labels, warnings } = chooseLabels(request, { file, count: countClasses(opened.network) });
  const model = enterModel(catalog, identified, { opened, labels });
  return { file, model, opened, labels, warnings };
}

/** Puts an opened model into the catalog, or brings what is known of it up to date. */
export function enterModel(
  catalog: Catalog,
  { file, record, sha256 }: IdentifiedModel,
  { opened, labels }: Pick<DatasetModel, 'opened' | 'labels'>,
): Model {
  return catalog.models.insert({ ...describe(record, { file, opened, labels }), sha256 });
}

function describe(
  record: ModelRecord,
  { file, opened, labels }: Omit<DatasetModel, 'model' | 'warnings'>,
): Omit<NewModel, 'sha256'> {
  const { input, output, layers } = opened.network;
  return {
    ...{ file: record.file, title: record.title, labels },
    manifestSha256: createHash('sha256').update(JSON.stringify(file.manifest.manifest)).digest('hex'),
    architecture: { input, output, layers: layers.length },
    path: path.resolve(file.path),
  };
}

function hashOf({ sha256, externalData }: ModelRecord): string {
  if (externalData.length === 0) return sha256;
  const all = [sha256, ...externalData.map((file) => file.sha256)];
  return createHash('sha256').update(all.join('\n')).digest('hex');
}

/** The setup of a model's results: all that decides them but the model and the picture. */
export function findSetup(
  catalog: Catalog,
  { model, file }: DatasetModel,
  { kind, settings }: { readonly kind: SetupKind; readonly settings: object },
): Setup {
  return catalog.setups.insert({
    model: model.id,
    kind,
    settings: { input: file.manifest.manifest.input, ...settings },
  });
}

export function originOf({ opened: { provider, adapter } }: DatasetModel): Origin {
  return { version: lightboxVersion, provider, adapter };
}
