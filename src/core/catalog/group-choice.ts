import type { ReadableDatabase } from './database/database.ts';

/** Samples of a dataset, all of them or those of some splits, labels, collections. */
export interface SampleScope {
  readonly dataset: number;
  /** One or several; undefined means all. */
  readonly split?: string | readonly string[] | undefined;
  readonly label?: string | readonly string[] | undefined;
  readonly collection?: string | readonly string[] | undefined;
}

/** What some samples of a dataset share. '' where the dataset does not say. */
export interface Group {
  readonly id: number;
  readonly split: string;
  readonly label: string;
  readonly collection: string;
}

/** Turns a scope into its groups. */
export function createGroupChooser(database: ReadableDatabase): (scope: SampleScope) => readonly Group[] {
  const groups = database.read<[number], Group>(
    'SELECT id, split, label, collection FROM groups WHERE dataset_id = ? ORDER BY id',
  );
  return ({ dataset, split, label, collection }) =>
    groups
      .list(dataset)
      .filter((group) => fits(group.split, split) && fits(group.label, label) && fits(group.collection, collection));
}

const fits = (value: string, wanted: string | readonly string[] | undefined): boolean =>
  wanted === undefined || [wanted].flat().includes(value);
