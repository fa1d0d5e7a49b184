import { LightboxError } from '#shared/errors.ts';
import type { Dataset, ReadonlyCatalog } from '#core/catalog/index.ts';

/** A dataset of the catalog by its name. Throws `dataset/unknown` naming those there are. */
export function getDataset(catalog: ReadonlyCatalog, name: string): Dataset {
  const dataset = catalog.datasets.find(name);
  if (dataset) return dataset;
  const names = catalog.datasets.list().map((known) => `"${known.name}"`);
  const there =
    names.length === 0 ? 'it has none yet; "lightbox import FOLDER" brings one in' : `it has ${names.join(', ')}`;
  throw new LightboxError('dataset/unknown', `The catalog has no dataset "${name}"; ${there}.`);
}

/** Throws `dataset/unknown` where the dataset has no such split, naming those it has. */
export function checkSplit(catalog: ReadonlyCatalog, dataset: Dataset, split: string | undefined): void {
  if (split === undefined) return;
  const splits = new Set(catalog.samples.countByGroup(dataset.id).map((group) => group.split));
  if (splits.has(split)) return;
  const names = [...splits].flatMap((name) => (name === undefined ? [] : [`"${name}"`]));
  const there = names.length === 0 ? 'is not divided into splits' : `has the splits ${names.join(', ')}`;
  throw new LightboxError('dataset/unknown', `The dataset "${dataset.name}" has no split "${split}"; it ${there}.`);
}

/** The labels a dataset has, in the order in which the catalog met them. */
export function listLabels(catalog: ReadonlyCatalog, dataset: Dataset): readonly string[] {
  const labels = new Set(catalog.samples.countByGroup(dataset.id).flatMap(({ label }) => label ?? []));
  return [...labels];
}
