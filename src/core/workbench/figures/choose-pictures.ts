import path from 'node:path';
import type { Dataset, ReadonlyCatalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { checkSplit, getDataset, listLabels } from '../collection/find-dataset.ts';
import { drawClass, type StudyPicture } from '../robustness/study-pictures.ts';
import type { FigurePictures } from './figure-request.ts';

export interface ClassDraw {
  readonly split?: string | undefined;
  readonly perClass: number;
  readonly seed: number;
}

/** Pictures of each class of a dataset, drawn by the seed: class after class. */
export function drawByClass(
  catalog: ReadonlyCatalog,
  dataset: Dataset,
  { split, perClass, seed }: ClassDraw,
): readonly { readonly label: string; readonly count: number; readonly pictures: readonly StudyPicture[] }[] {
  checkSplit(catalog, dataset, split);
  return listLabels(catalog, dataset).map((label) => {
    const count = catalog.samples.count({ dataset: dataset.id, split, label, duplicates: false });
    return { label, count, pictures: takeFirst(drawClass(catalog, dataset, { split, label, seed }), perClass) };
  });
}

function takeFirst<Item>(items: Iterable<Item>, count: number): readonly Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    if (taken.length === count) break;
    taken.push(item);
  }
  return taken;
}

const USUAL_PER_CLASS = 2;

/** Files, samples by their ids, or some of each class of a dataset. Throws `request/invalid` for none or several of these. */
export function choosePictures(
  readCatalog: () => ReadonlyCatalog,
  { pictures = [], dataset, split, perClass = USUAL_PER_CLASS, samples = [] }: FigurePictures,
  seed: number,
): readonly StudyPicture[] {
  const given = [pictures.length > 0, dataset !== undefined, samples.length > 0].filter(Boolean).length;
  if (given !== 1)
    throw new LightboxError(
      'request/invalid',
      'Name picture files, or a dataset (--dataset), or samples (--samples); one of these.',
    );
  if (pictures.length > 0) return pictures.map((file) => ({ path: file }));
  const catalog = readCatalog();
  if (dataset === undefined) return samples.map((id) => getSample(catalog, id));
  const drawn = drawByClass(catalog, getDataset(catalog, dataset), { split, perClass, seed });
  const chosen = drawn.flatMap((one) => one.pictures);
  if (chosen.length > 0) return chosen;
  throw new LightboxError('dataset/unknown', `The dataset "${dataset}" has no labelled pictures to show.`);
}

function getSample(catalog: ReadonlyCatalog, id: number): StudyPicture {
  const { path: file, datasetId, label } = catalog.samples.get(id);
  const { folder } = catalog.datasets.get(datasetId);
  return { path: path.join(folder, file), label };
}
