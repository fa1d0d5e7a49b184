import type { Catalog, DatasetContents, DeletionReport, ReadonlyCatalog } from '#core/catalog/index.ts';
import { getDataset } from './find-dataset.ts';

export interface DeleteRequest {
  /** By name. */
  readonly dataset: string;
  /** Without it nothing is deleted. */
  readonly isConfirmed: boolean;
}

/** What went, or would go. */
export type DeleteReport =
  | ({ readonly dataset: string; readonly deleted: false } & DatasetContents)
  | ({ readonly dataset: string; readonly deleted: true } & DeletionReport);

/** Throws `dataset/unknown`. */
export function describeDeletion(catalog: ReadonlyCatalog, name: string): DeleteReport {
  const contents = catalog.datasets.countContents(getDataset(catalog, name).id);
  return { dataset: name, deleted: false, ...contents };
}

/** Removes a dataset from the catalog; its pictures stay where they are. Throws `dataset/unknown`, `catalog/busy`. */
export function deleteDataset(catalog: Catalog, name: string): DeleteReport {
  const report = catalog.deleteDataset(getDataset(catalog, name).id);
  return { dataset: name, deleted: true, ...report };
}
