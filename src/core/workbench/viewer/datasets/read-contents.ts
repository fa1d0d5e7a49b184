import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import type { DatasetContentsView } from '#shared/contract/datasets.ts';

/** What the catalog has of a dataset. Throws `dataset/unknown`. */
export function readContents(catalog: ReadonlyCatalog, dataset: number): DatasetContentsView {
  return catalog.snapshot(() => {
    const { name, folder } = catalog.datasets.get(dataset);
    return { name, folder, ...catalog.datasets.countContents(dataset) };
  });
}
