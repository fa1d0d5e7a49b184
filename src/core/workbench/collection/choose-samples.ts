import type { Dataset, MissingSample, ReadonlyCatalog } from '#core/catalog/index.ts';

/** The first samples of each class of a dataset, by path, up to a number; the same ones each time. */
export function chooseSamples(catalog: ReadonlyCatalog, dataset: Dataset, perClass: number): ReadonlySet<number> {
  const labels = new Set(catalog.samples.countByGroup(dataset.id).map(({ label }) => label ?? ''));
  const chosen = Array.from(labels, (label) =>
    catalog.samples.page({ dataset: dataset.id, label, duplicates: false, limit: perClass }),
  );
  return new Set(chosen.flatMap(({ samples }) => samples.map(({ id }) => id)));
}

/** Those of some samples whose ids were chosen; all where nothing was. */
export function keepChosen(
  samples: readonly MissingSample[],
  ids: readonly number[] | undefined,
): readonly MissingSample[] {
  if (ids === undefined) return samples;
  const chosen = new Set(ids);
  return samples.filter(({ id }) => chosen.has(id));
}
