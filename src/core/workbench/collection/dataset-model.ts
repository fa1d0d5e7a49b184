import { createHash } from 'node:crypto';
import type { Catalog, Model, Origin, SetupKind, Setup } from '#core/catalog/index.ts';
import type { Engine, OpenedModel } from '#core/engine/index.ts';
import { labelOf } from '#core/imaging/index.ts';
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

/** A model that works on a dataset: its file, its place in the catalog, and where it runs. */
export interface DatasetModel {
  readonly file: ModelFile;
  readonly model: Model;
  readonly opened: OpenedModel;
  /** A name for each output; its index where nobody gave one. */
  readonly labels: readonly string[];
}

export interface DatasetModelRequest {
  readonly modelPath: string;
  readonly provider?: ProviderChoice | undefined;
  /** Without one the model only predicts. */
  readonly composite?: Composite | undefined;
}

/** Opens a model and enters it into the catalog. The caller releases it. */
export async function openDatasetModel(
  { engine, catalog }: { engine: Engine; catalog: Catalog },
  { modelPath, provider, composite }: DatasetModelRequest,
): Promise<DatasetModel> {
  const file = await loadModelFile(modelPath);
  const { height, width } = file.manifest.manifest.input;
  const opened = await engine.open({
    ...{ modelPath, inputSize: { height, width } },
    ...(composite && { composite }),
    ...(provider && { provider }),
  });
  checkManifest(file, opened.network);
  const count = countClasses(opened.network);
  const labels = Array.from({ length: count }, (_, index) => labelOf(file.manifest.manifest, index));
  const model = catalog.models.insert(describe(await recordModel(file), { file, opened, labels }));
  return { file, model, opened, labels };
}

function describe(
  record: ModelRecord,
  { file, opened, labels }: Omit<DatasetModel, 'model'>,
): Parameters<Catalog['models']['insert']>[0] {
  const { input, output, layers } = opened.network;
  return {
    ...{ sha256: hashOf(record), file: record.file, title: record.title, labels },
    manifestSha256: createHash('sha256').update(JSON.stringify(file.manifest.manifest)).digest('hex'),
    architecture: { input, output, layers: layers.length },
  };
}

/** Of the model's file alone where that is all of it, else over the hashes of all its files. */
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
