import path from 'node:path';
import type { ReadonlyCatalog } from '#core/catalog/index.ts';
import { createFactCounter, readDataset, summariseDataset, type DatasetSummary } from '#core/datasets/index.ts';
import { readDicomHeader } from '#core/imaging/index.ts';
import type { LayoutName } from '#shared/samples.ts';
import type { JobControl } from '../job.ts';
import type { ImportRequest } from './import-request.ts';
import { chooseRecipe } from './import-recipe.ts';

/** What an import would bring, before anything is written. Pictures are not opened, so those that cannot be read are not known yet. */
export interface ImportPreview {
  readonly folder: string;
  readonly name: string;
  readonly layout: LayoutName;
  /** Why the folder was taken for this layout. */
  readonly reason: string;
  readonly summary: DatasetSummary;
  /** Whether the catalog has the dataset already. */
  readonly isKnown: boolean;
  /** Why it cannot be imported as asked; undefined where it can. */
  readonly conflict: string | undefined;
}

/** Throws what `readDataset` throws. Without a catalog nothing is known yet. */
export async function previewImport(
  catalog: ReadonlyCatalog | undefined,
  request: ImportRequest,
  { signal }: JobControl,
): Promise<ImportPreview> {
  const chosen = await chooseRecipe(catalog, request);
  const reading = await readDataset(request.folder, {
    ...{ ...chosen, name: request.name, signal, readDicomHeader: (file) => readDicomHeader(file) },
  });
  const counter = createFactCounter(reading.layout);
  for await (const batch of reading.batches) counter.add(batch);
  const summary = summariseDataset(counter.facts());
  const known = catalog?.datasets.find(reading.name);
  const isOther = known !== undefined && path.resolve(known.folder) !== path.resolve(reading.folder);
  return {
    ...{ folder: reading.folder, name: reading.name, layout: reading.layout, reason: reading.reason },
    summary: { ...summary, warnings: [...reading.standingWarnings, ...summary.warnings] },
    isKnown: known !== undefined,
    conflict: isOther
      ? `The catalog has a dataset "${reading.name}" already, of another folder; choose another name.`
      : undefined,
  };
}
