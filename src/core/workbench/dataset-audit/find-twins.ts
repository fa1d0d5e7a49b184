import { findNearTwins } from '#core/datasets/index.ts';
import type { DescribedSample } from '#core/catalog/index.ts';
import { twinKinds, type DatasetAudit, type TwinKind, type TwinsView } from '#shared/contract/dataset-audit.ts';

/**
 * Bits of 256 in which hashes of twins may differ. Among 426 pictures of three datasets looked at for this, different ones differed in at least 21 (docs/dataset-audit.md).
 */
export const TWIN_THRESHOLD = 12;
/** More pairs than these are counted and not listed. */
const MOST_LISTED = 500;

/** Pictures that stand in a dataset twice: as the same file, nearly the same, or mirrored. Parts of a dataset that share pictures by design do not count. */
export function findTwins(samples: readonly DescribedSample[]): DatasetAudit['twins'] {
  const pairs = [...listCopies(samples), ...listNear(samples)];
  const counts = twinKinds.map((kind) => {
    const own = pairs.filter((pair) => pair.kind === kind);
    return {
      kind,
      pairs: own.length,
      acrossSplits: own.filter(({ acrossSplits }) => acrossSplits).length,
      conflicting: own.filter(({ conflicting }) => conflicting).length,
    };
  });
  const weight = ({ acrossSplits, conflicting }: TwinsView): number => 2 * Number(acrossSplits) + Number(conflicting);
  const listed = pairs.toSorted((a, b) => weight(b) - weight(a) || a.distance - b.distance).slice(0, MOST_LISTED);
  return { threshold: TWIN_THRESHOLD, counts, listed };
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

function listNear(samples: readonly DescribedSample[]): readonly TwinsView[] {
  const originals = samples.flatMap((sample) =>
    sample.primaryId === undefined && sample.traits ? [{ sample, ...sample.traits }] : [],
  );
  return findNearTwins(originals, TWIN_THRESHOLD).flatMap(({ first, second, distance, isMirrored }) => {
    const [one, two] = [originals[first]?.sample, originals[second]?.sample];
    return one && two ? [describePair(isMirrored ? 'mirrored' : 'near', distance, [one, two])] : [];
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
