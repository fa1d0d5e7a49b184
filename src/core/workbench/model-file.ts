import path from 'node:path';
import {
  checkLabels,
  checkModelInput,
  loadManifest,
  type LoadedManifest,
  type ModelInputShape,
} from '#core/imaging/index.ts';
import { hashFile, readModel, type Model } from '#core/onnx/index.ts';
import type { NetworkSummary } from '#core/engine/index.ts';

/** A file a result was made from, by name and content. */
export interface FileRecord {
  /** The file's name without its folder. */
  readonly file: string;
  readonly sha256: string;
}

/** A model as results name it. */
export interface ModelRecord extends FileRecord {
  readonly title: string | undefined;
  /** Files beside the model that hold weights. */
  readonly externalData: readonly FileRecord[];
}

/** A model file, what is written beside it, and nothing computed yet. */
export interface ModelFile {
  readonly path: string;
  readonly model: Model;
  readonly manifest: LoadedManifest;
}

/** Throws the errors of reading a model and a manifest. */
export async function loadModelFile(modelPath: string): Promise<ModelFile> {
  const model = await readModel(modelPath);
  const inputShape = findInputShape(model);
  const manifest = await loadManifest(modelPath, inputShape);
  checkModelInput(manifest, inputShape);
  return { path: modelPath, model, manifest };
}

/** The sizes an ONNX file fixes for its picture; those chosen at run time are left out. */
export function findInputShape({ graph }: Model): ModelInputShape {
  const shape = graph.inputs[0]?.shape;
  if (shape?.length !== 4) return {};
  const [, channels, height, width] = shape.map((size) => (typeof size === 'number' && size > 0 ? size : undefined));
  return {
    ...(channels === undefined ? {} : { channels }),
    ...(height === undefined ? {} : { height }),
    ...(width === undefined ? {} : { width }),
  };
}

/** Throws `manifest/invalid` where the manifest and the network do not fit together. */
export function checkManifest({ manifest }: ModelFile, network: NetworkSummary): void {
  checkModelInput(manifest, network.input);
  checkLabels(manifest, countClasses(network));
}

/** How many outputs can be explained. */
export function countClasses({ output }: Pick<NetworkSummary, 'output'>): number {
  return output.sizes.reduce((product, size) => product * size, 1);
}

/** Hashes the model and its external data; half a second for half a gigabyte. */
export async function recordModel({ path: modelPath, model, manifest }: ModelFile): Promise<ModelRecord> {
  const tensorFiles = [...model.graph.initializers.values()].flatMap(({ data }) =>
    data.kind === 'file' ? [data.path] : [],
  );
  const outside = new Set(tensorFiles.filter((file) => path.resolve(file) !== path.resolve(model.path)));
  return {
    ...(await recordFile(modelPath)),
    title: manifest.manifest.title,
    externalData: await Promise.all([...outside].map(recordFile)),
  };
}

async function recordFile(file: string): Promise<FileRecord> {
  return { file: path.basename(file), sha256: await hashFile(file) };
}
