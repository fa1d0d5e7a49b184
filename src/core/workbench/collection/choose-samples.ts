import type { Dataset, ReadonlyCatalog } from '#core/catalog/index.ts';

/** The first samples of each class of a dataset, by path, up to a number; the same ones each time. */
export function chooseSamples(catalog: ReadonlyCatalog, dataset: Dataset, perClass: number): ReadonlySet<number> {
  const labels = new Set(catalog.samples.countByGroup(dataset.id).map(({ label }) => label ?? ''));
  const chosen = Array.from(labels, (label) =>
    catalog.samples.page({ dataset: dataset.id, label, duplicates: false, limit: perClass }),
  );
  return new Set(chosen.flatMap(({ samples }) => samples.map(({ id }) => id)));
}
