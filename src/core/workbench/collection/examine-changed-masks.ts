import type { Catalog, Dataset, KnownMask, MaskFacts } from '#core/catalog/index.ts';
import { examineAgain } from './examine-masks.ts';
import { inChunks, mapInFlight } from './in-flight.ts';
import { waitToSave, type JobSteps } from './run-job.ts';

const MASKS_IN_FLIGHT = 12;
const masksTogether = { first: 256, most: 256 };

interface MaskedDataset {
  readonly catalog: Catalog;
  readonly dataset: Dataset;
  /** In which the dataset lies. */
  readonly folder: string;
}

interface LookedAt {
  readonly mask: KnownMask;
  readonly facts: MaskFacts | undefined;
}

/**
 * Looks again into masks whose file is another one since they were looked at, as somebody may correct a mask under its name; into those nobody could read, too.
 * What was booked for a mask the catalog forgets where the hash of its file changes (migration 7). Returns how many are others.
 */
export async function examineChangedMasks(
  { catalog, dataset, folder }: MaskedDataset,
  { steps, signal }: { readonly steps: JobSteps; readonly signal: AbortSignal },
): Promise<number> {
  const looked = mapInFlight(
    catalog.masks.listOfDataset(dataset.id),
    MASKS_IN_FLIGHT,
    async (mask): Promise<LookedAt> => ({ mask, facts: await examineAgain(folder, mask) }),
  );
  let others = 0;
  for await (const chunk of inChunks(looked, masksTogether)) {
    await steps.done(0, `${dataset.name}: comparing masks`);
    if (chunk.every(({ facts }) => facts === undefined)) continue;
    await waitToSave(catalog, { signal });
    catalog.transaction(() => {
      for (const { mask, facts } of chunk) if (facts) catalog.masks.update(mask.sampleId, mask.kind, facts);
    });
    others += chunk.filter(isAnother).length;
  }
  return others;
}

/** Not where it was not known before what is in it. */
const isAnother = ({ mask, facts }: LookedAt): boolean =>
  facts !== undefined && mask.sha256 !== undefined && facts.sha256 !== mask.sha256;
