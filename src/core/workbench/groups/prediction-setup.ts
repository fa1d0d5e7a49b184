import type { ReadonlyCatalog } from '#core/catalog/index.ts';

/** The latest predictions by the model that a setup is of. */
export function findPredictionSetup(catalog: ReadonlyCatalog, setup: number): number | undefined {
  const { model } = catalog.setups.get(setup);
  return catalog.setups.list(model).findLast(({ kind }) => kind === 'prediction')?.id;
}
