import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { shuffledModelPath } from '#core/catalog/index.ts';
import { readModel } from '#core/onnx/index.ts';
import type { ModelFile } from '../model-file.ts';
import { listWeights, saveShuffled } from './shuffle-weights.ts';

/** A model that has forgotten what its last layers knew. */
export interface ShuffledModel {
  readonly file: ModelFile;
  /** Layers whose weights were shuffled, from the logits. */
  readonly count: number;
}

export interface ShuffleRequest {
  /** Its file: they are kept beside it. Undefined: they are gone when the work is done. */
  readonly catalog: string | undefined;
  /** The model's name in the catalog. */
  readonly sha256: string;
  readonly seed: number;
}

/** The last layer, the later half, and all; fewer where these are the same. */
export function listShuffleCounts({ model }: ModelFile): readonly number[] {
  const layers = listWeights(model).length;
  return [...new Set([1, Math.ceil(layers / 2), layers].filter((count) => count <= layers && count > 0))];
}

/** Shuffles what was not shuffled before, and works with all of it. Throws `output/not-writable` where there is no room. */
export async function shuffleModels<Result>(
  file: ModelFile,
  { catalog, sha256, seed }: ShuffleRequest,
  work: (shuffled: readonly ShuffledModel[]) => Promise<Result>,
): Promise<Result> {
  const folder = catalog === undefined ? await mkdtemp(path.join(tmpdir(), 'lightbox-quality-')) : undefined;
  const place = (count: number): string =>
    catalog === undefined
      ? path.join(folder ?? '', `${count}.onnx`)
      : shuffledModelPath(catalog, { model: sha256, seed, count });
  try {
    const shuffled: ShuffledModel[] = [];
    for (const count of listShuffleCounts(file)) shuffled.push({ count, file: await findOrShuffle(file, { count, seed, path: place(count) }) }); // prettier-ignore
    return await work(shuffled);
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function findOrShuffle(
  file: ModelFile,
  shuffling: { readonly count: number; readonly seed: number; readonly path: string },
): Promise<ModelFile> {
  const known = await stat(shuffling.path).catch(() => undefined);
  // A file of that name appears whole or not at all.
  if (known?.isFile()) return { ...file, path: shuffling.path, model: await readModel(shuffling.path) };
  await mkdir(path.dirname(shuffling.path), { recursive: true });
  return saveShuffled(file, shuffling);
}
