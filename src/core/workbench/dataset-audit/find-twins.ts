import { setImmediate } from 'node:timers/promises';
import { createTwinIndex, MOST_TWINS } from '#core/datasets/index.ts';
import type { DescribedSample } from '#core/catalog/index.ts';
import { twinKinds, type DatasetAudit, type TwinKind, type TwinsView } from '#shared/contract/dataset-audit.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';

/**
 * Bits of 256 in which hashes of twins may differ. Among 426 pictures of three datasets looked at for this, different ones differed in at least 21 (docs/dataset-audit.md).
 */
export const TWIN_THRESHOLD = 12;
/** More pairs than these are counted and not listed. */
const MOST_LISTED = 500;
/** Pictures looked up between two looks at whether the job is cancelled. */
const TOGETHER = 500;

/**
 * Pictures that stand in a dataset twice: as the same file, nearly the same, or mirrored. Parts of a dataset that share pictures by design do not count.
 * Throws `job/cancelled`.
 */
export async function findTwins(
  samples: readonly DescribedSample[],
  control: JobControl & { readonly name: string },
): Promise<DatasetAudit['twins']> {
  const pairs = createPairs();
  for (const pair of listCopies(samples)) pairs.add(pair);
  const originals = samples.flatMap((sample) =>
    sample.primaryId === undefined && sample.traits ? [{ sample, ...sample.traits }] : [],
  );
  const index = createTwinIndex(originals.length, TWIN_THRESHOLD);
  let crowded = 0;
  for (const [at, picture] of originals.entries()) {
    if (at % TOGETHER === 0) {
      throwIfCancelled(control);
      control.onProgress?.({ done: at, total: originals.length, label: `${control.name}: looking for twins` });
      await setImmediate();
    }
    const twins = index.add(picture);
    if (twins.length === MOST_TWINS) crowded++;
    for (const { first, distance, isMirrored } of twins) {
      const one = originals[first]?.sample;
      if (one) pairs.add(describePair(isMirrored ? 'mirrored' : 'near', distance, [one, picture.sample]));
    }
  }
  return { threshold: TWIN_THRESHOLD, counts: pairs.counts, listed: pairs.listWorst(), crowded, most: MOST_TWINS };
}

interface Pairs {
  readonly counts: DatasetAudit['twins']['counts'];
  add(pair: TwinsView): void;
  /** Across splits first, then with different labels, then the most alike. */
  listWorst(): TwinsView[];
}

/** Counts all pairs and holds few. */
function createPairs(): Pairs {
  const counts = twinKinds.map((kind) => ({ kind, pairs: 0, acrossSplits: 0, conflicting: 0 }));
  const byKind = new Map(counts.map((count) => [count.kind, count]));
  let held: TwinsView[] = [];
  const weight = ({ acrossSplits, conflicting }: TwinsView): number => 2 * Number(acrossSplits) + Number(conflicting);
  const listWorst = (): TwinsView[] =>
    held.toSorted((a, b) => weight(b) - weight(a) || a.distance - b.distance).slice(0, MOST_LISTED);
  return {
    counts,
    add: (pair) => {
      const count = byKind.get(pair.kind);
      if (count) {
        count.pairs++;
        count.acrossSplits += Number(pair.acrossSplits);
        count.conflicting += Number(pair.conflicting);
      }
      held.push(pair);
      if (held.length === 4 * MOST_LISTED) held = listWorst();
    },
    listWorst,
  };
}

/** Each copy with the sample that counts. */
function listCopies(samples: readonly DescribedSample[]): readonly TwinsView[] {
  const byId = new Map(samples.map((sample) => [sample.id, sample]));
  return samples.flatMap((sample) => {
    const primary = sample.primaryId === undefined ? undefined : byId.get(sample.primaryId);
    if (!primary) return [];
    const pair = describePair('same file', 0, [primary, sample]);
    const isByDesign = sample.collection !== primary.collection && !pair.acrossSplits && !pair.conflicting;
    return isByDesign ? [] : [pair];
  });
}

function describePair(
  kind: TwinKind,
  distance: number,
  [one, two]: readonly [DescribedSample, DescribedSample],
): TwinsView {
  const isKnown = one.patientHash !== undefined && two.patientHash !== undefined;
  const describe = ({ id, contentSha256 = '', split, label }: DescribedSample): TwinsView['samples'][number] => ({
    ...{ id, contentSha256, split, label },
  });
  return {
    ...{ kind, distance, acrossSplits: one.split !== two.split, conflicting: one.label !== two.label },
    ...(isKnown && { samePatient: one.patientHash === two.patientHash }),
    samples: [describe(one), describe(two)],
  };
}
