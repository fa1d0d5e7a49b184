import { countOf } from '../sentences.ts';

/** A sample with the hash of its file, or of its pixels. */
export interface HashedSample {
  readonly path: string;
  readonly sha256: string;
  readonly split?: string | undefined;
  readonly label?: string | undefined;
  readonly collection?: string | undefined;
}

/** Samples of one and the same content. */
export interface DuplicateGroup {
  readonly sha256: string;
  readonly paths: readonly string[];
  /** They stand in different splits: what is trained on is tested on. */
  readonly acrossSplits: boolean;
  /** They have different labels. */
  readonly conflicting: boolean;
  /** No more than one in each part of the dataset: the parts overlap by design. */
  readonly sharedByParts: boolean;
}

/** Groups of samples with equal hashes, in the order of first occurrence. */
export function findDuplicates(samples: Iterable<HashedSample>): DuplicateGroup[] {
  const groups = Map.groupBy(samples, ({ sha256 }) => sha256);
  return Array.from(groups).flatMap(([sha256, group]) => {
    if (group.length < 2) return [];
    const countOfDistinct = (key: 'split' | 'label' | 'collection'): number =>
      new Set(group.map((sample) => sample[key])).size;
    return {
      sha256,
      paths: group.map(({ path }) => path),
      acrossSplits: countOfDistinct('split') > 1,
      conflicting: countOfDistinct('label') > 1,
      sharedByParts: countOfDistinct('collection') === group.length,
    };
  });
}

/** Sentences about duplicates; none where there are none. */
export function describeDuplicates(groups: readonly DuplicateGroup[]): string[] {
  const shared = groups.filter(
    ({ sharedByParts, acrossSplits, conflicting }) => sharedByParts && !acrossSplits && !conflicting,
  );
  const across = groups.filter(({ acrossSplits }) => acrossSplits);
  const conflicting = groups.filter(({ conflicting: differs }) => differs);
  const within = groups.filter((group) => !group.acrossSplits && !shared.includes(group));
  const candidates: [readonly DuplicateGroup[], string][] = [
    [across, 'in more than one split; a network is tested there on what it was trained on'],
    [conflicting, 'with different labels'],
    [within, 'more than once in the same split'],
    [shared, 'in several parts of the dataset, as they are meant to; count them once'],
  ];
  return candidates.flatMap(([found, where]) =>
    found.length === 0
      ? []
      : `${countOf(found.length, 'picture')} ${found.length === 1 ? 'stands' : 'stand'} ${where}.`,
  );
}
