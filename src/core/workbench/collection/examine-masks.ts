import path from 'node:path';
import type { NewMask } from '#core/catalog/index.ts';
import { readMask } from '#core/datasets/index.ts';

/** Finds out which masks are empty where that is not known. One that cannot be read stays as it is: there, and nobody knows what is in it. */
export function examineMasks(folder: string, masks: readonly NewMask[]): Promise<readonly NewMask[]> {
  return Promise.all(
    masks.map(async (mask) => {
      if (mask.isEmpty !== undefined) return mask;
      const found = await readMask(path.join(folder, mask.path)).catch(() => undefined);
      return found ? { ...mask, isEmpty: found.empty } : mask;
    }),
  );
}
