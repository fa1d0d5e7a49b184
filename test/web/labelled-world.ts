import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createWorkbench } from '#core/workbench/index.ts';
import { createSmallWorld, labels, type SmallWorld } from '../cli/small-world.ts';
import { drawNoise } from '../workbench/small-study.ts';

/** A small world with a dataset `films` in splits and classes, so many pictures of each. */
export interface LabelledWorld extends SmallWorld {
  readonly films: string;
  readonly catalog: string;
}

const splits = ['Train', 'Test'];

export async function createLabelledWorld(perClass: number): Promise<LabelledWorld> {
  const world = await createSmallWorld(0);
  const films = world.at('films');
  let seed = 0;
  for (const split of splits) {
    for (const label of labels) {
      const folder = path.join(films, split, label);
      await mkdir(folder, { recursive: true });
      for (let index = 0; index < perClass; index++)
        await writeFile(path.join(folder, `${label}-${index}.png`), await drawNoise(++seed, [48, 40]));
    }
  }
  return { ...world, films, catalog: world.at('catalog.lightbox') };
}

/** Brings the films into the catalog, with predictions and, of one split unless told otherwise, heatmaps. */
export async function fillCatalog(
  { catalog, films, modelPath }: LabelledWorld,
  { explains = true }: { readonly explains?: boolean } = {},
): Promise<void> {
  const workbench = createWorkbench({ catalog });
  await workbench.importDataset({ folder: films, name: 'films' });
  const job = { dataset: 'films', modelPath, provider: 'cpu' } as const;
  await workbench.predictDataset(job);
  if (explains) await workbench.attributeDataset({ ...job, split: 'Test', composite: 'EpsilonPlusFlat' });
  await workbench.close();
}
