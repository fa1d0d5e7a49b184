import path from 'node:path';
import type { Dataset, ListedSample, ReadonlyCatalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { drawPlaces } from '../collection/draw-places.ts';
import { checkSplit, getDataset, listLabels } from '../collection/find-dataset.ts';

/** A picture to be tested. */
export interface StudyPicture {
  readonly path: string;
  /** The dataset's own answer. */
  readonly label?: string | undefined;
  /** Its place in the catalog, and the content it is known by there. */
  readonly sample?: { readonly id: number; readonly contentSha256: string | undefined } | undefined;
  /** Whose picture it is, for intervals; never written. */
  readonly patient?: string | undefined;
}

export interface PictureChoice {
  readonly pictures?: readonly string[] | undefined;
  readonly dataset?: string | undefined;
  readonly split?: string | undefined;
  readonly limit?: number | undefined;
  readonly seed?: number | undefined;
}

/**
 * The files that were named, or pictures of a dataset: one of each class in turn, drawn by the seed.
 * Throws `request/invalid` for neither or both, `dataset/unknown`.
 */
export function chooseStudyPictures(
  readCatalog: () => ReadonlyCatalog,
  choice: PictureChoice,
): readonly StudyPicture[] {
  const { pictures = [], dataset: name } = choice;
  if (name === undefined ? pictures.length === 0 : pictures.length > 0) {
    throw new LightboxError('request/invalid', 'Name either picture files or a dataset (--dataset), not both.');
  }
  if (name === undefined) return pictures.map((file) => ({ path: file }));
  const catalog = readCatalog();
  const dataset = getDataset(catalog, name);
  checkSplit(catalog, dataset, choice.split);
  const classes = listLabels(catalog, dataset).map((label) => drawClass(catalog, dataset, { ...choice, label }));
  const chosen = takeInTurn(classes, choice.limit ?? Infinity);
  if (chosen.length === 0)
    throw new LightboxError('dataset/unknown', `The dataset "${name}" has no labelled pictures to test.`);
  return chosen;
}

/** Readable pictures of a class in an order that the seed decides. */
export function* drawClass(
  catalog: ReadonlyCatalog,
  dataset: Dataset,
  { split, label, seed = 1 }: PictureChoice & { readonly label: string },
): Generator<StudyPicture> {
  const filter = { dataset: dataset.id, split, label, duplicates: false };
  for (const place of drawPlaces(catalog.samples.count(filter), `robustness ${seed}`)) {
    const [sample] = catalog.samples.page({ ...filter, offset: place, limit: 1 }).samples;
    if (sample && sample.unreadable === undefined) yield describe(dataset, sample);
  }
}

const describe = (
  dataset: Dataset,
  { id, contentSha256, path: file, label, patientHash }: ListedSample,
): StudyPicture => ({
  ...{ path: path.join(dataset.folder, file), label, patient: patientHash, sample: { id, contentSha256 } },
});

function takeInTurn<Item>(sources: readonly Generator<Item>[], limit: number): readonly Item[] {
  const taken: Item[] = [];
  let open = sources;
  while (open.length > 0 && taken.length < limit) {
    const round = open.map((source) => ({ source, next: source.next() }));
    open = round.flatMap(({ source, next }) => (next.done ? [] : [source]));
    taken.push(...round.flatMap(({ next }) => (next.done ? [] : [next.value])));
  }
  return taken.slice(0, limit);
}
