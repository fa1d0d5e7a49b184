import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCatalog } from '#core/catalog/index.ts';
import { createWorkbench } from '#core/workbench/index.ts';
import { layOutFilms, phantomModel } from '../workbench/phantom-films.ts';

/** Four phantoms in a catalog, predicted by a network that learned the letter; those labelled Normal explained. */
export interface PhantomWorld {
  readonly catalog: string;
  at(name: string): string;
  remove(): Promise<void>;
}

export async function createPhantomWorld(): Promise<PhantomWorld> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'phantom-world-')));
  const at = (name: string): string => path.join(folder, name);
  const catalog = at('catalog.lightbox');
  await layOutFilms(at('films'));
  const workbench = createWorkbench({ catalog, threads: 1 });
  await workbench.importDataset({ folder: at('films'), name: 'films', profile: 'none' });
  const job = { dataset: 'films', modelPath: phantomModel, provider: 'cpu' } as const;
  await workbench.predictDataset(job);
  await workbench.attributeDataset({ ...job, target: 'Non-COVID', samples: listNormal(catalog) });
  await workbench.close();
  return { catalog, at, remove: () => rm(folder, { recursive: true }) };
}

function listNormal(file: string): readonly number[] {
  const catalog = openCatalog(file, { readonly: true });
  try {
    return catalog.samples.page({ dataset: 1, label: 'Normal' }).samples.map(({ id }) => id);
  } finally {
    catalog.close();
  }
}
