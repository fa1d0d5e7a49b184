import { existsSync, readdirSync, unlinkSync } from 'node:fs';
import path from 'node:path';

/** Models whose weights were shuffled, in a folder beside the catalog. They can be made again; what is deleted is not missed. */
export interface ShuffledModelName {
  /** The hash of the model they were made from. */
  readonly model: string;
  readonly seed: number;
  /** Layers shuffled, from the logits. */
  readonly count: number;
}

const folderOf = (catalog: string): string => `${catalog}.shuffled`;

/** `CATALOG.shuffled/HASH-SEED-COUNT.onnx` */
export const shuffledModelPath = (catalog: string, { model, seed, count }: ShuffledModelName): string =>
  path.join(folderOf(catalog), `${model}-${seed}-${count}.onnx`);

/** Removes those of models that fail the test, and what was left half-written; returns how many. */
export function removeShuffledModels(catalog: string, isKept: (model: string) => boolean): number {
  const folder = folderOf(catalog);
  if (!existsSync(folder)) return 0;
  const names = readdirSync(folder).filter((name) => {
    const [, model] = /^([\da-f]{64})-\d+-\d+\.onnx$/.exec(name) ?? [];
    return name.endsWith('.part') || (model !== undefined && !isKept(model));
  });
  for (const name of names) unlinkSync(path.join(folder, name));
  return names.length;
}
