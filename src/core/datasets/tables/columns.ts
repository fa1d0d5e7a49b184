import { foldName } from '../tree/fold-name.ts';

/** The columns of a table by name. */
export interface Columns {
  readonly names: readonly string[];
  /** The place of the first of these that is there, whatever its case, spaces and underscores. */
  find(...candidates: readonly (string | undefined)[]): number | undefined;
}

export function createColumns(names: readonly string[]): Columns {
  // Backwards, so that of two columns that fold to one name the first stays.
  const folded = new Map([...names.entries()].toReversed().map(([at, name]) => [foldName(name), at]));
  const findOne = (name: string | undefined): number | undefined => {
    if (name === undefined) return undefined;
    const exact = names.indexOf(name);
    return exact < 0 ? folded.get(foldName(name)) : exact;
  };
  return {
    names,
    find: (...candidates) => candidates.map(findOne).find((place) => place !== undefined),
  };
}
