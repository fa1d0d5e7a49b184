import type { ImportPlanView } from '#shared/contract/folders.ts';
import type { ImportChoice } from '#shared/contract/jobs.ts';
import { findCatalog } from '../catalog-keeper.ts';
import { previewImport } from '../collection/preview-import.ts';
import type { ViewerPlace } from './viewer-place.ts';

/** What an import would bring, for the window. */
export async function planImportFor(
  place: ViewerPlace,
  choice: ImportChoice,
  signal: AbortSignal | undefined,
): Promise<ImportPlanView> {
  const { summary, ...plan } = await previewImport(findCatalog(place.read), choice, { signal });
  return {
    ...plan,
    total: summary.total,
    tables: summary.tables.map(({ collection, splits, labels, counts }) => ({
      ...(collection !== undefined && { collection }),
      splits: splits.map((split) => split ?? null),
      labels: labels.map((label) => label ?? null),
      counts: counts.map((row) => [...row]),
    })),
    ...{ sentences: [...summary.sentences], warnings: [...summary.warnings] },
  };
}
