import { compareNaturally } from '../tree/natural-order.ts';
import { findSplitRole } from '../tree/split-names.ts';
import type { DatasetFacts } from './dataset-facts.ts';

/** How many samples each split has of each class, for one part of the dataset. */
export interface ClassTable {
  readonly collection: string | undefined;
  /** Train, validation, test, then others; undefined: no split. */
  readonly splits: readonly (string | undefined)[];
  /** In natural order; undefined, last: no label. */
  readonly labels: readonly (string | undefined)[];
  /** splits x labels. */
  readonly counts: readonly (readonly number[])[];
}

const roles = ['train', 'val', 'test'];

/** One table for each part of the dataset; most have but one. */
export function tabulateClasses({ samples }: Pick<DatasetFacts, 'samples'>): ClassTable[] {
  return Array.from(
    Map.groupBy(samples, ({ collection }) => collection),
    ([collection, counts]) => {
      const splits = distinct(counts.map(({ split }) => split)).toSorted(compareSplits);
      const labels = distinct(counts.map(({ label }) => label)).toSorted(compareOptional);
      const countOf = (split: string | undefined, label: string | undefined): number =>
        counts
          .filter((cell) => cell.split === split && cell.label === label)
          .reduce((sum, { count }) => sum + count, 0);
      return {
        collection,
        splits,
        labels,
        counts: splits.map((split) => labels.map((label) => countOf(split, label))),
      };
    },
  );
}

const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

function compareOptional(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareNaturally(a, b);
}

function compareSplits(a: string | undefined, b: string | undefined): number {
  return rankOf(a) - rankOf(b) || compareOptional(a, b);
}

function rankOf(split: string | undefined): number {
  const rank = roles.indexOf(findSplitRole(split ?? '') ?? '');
  return rank < 0 ? roles.length : rank;
}
