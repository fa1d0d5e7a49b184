/** Something that can be known of a picture without understanding it. */
export type TrivialFeature = NumberFeature | CategoryFeature;

interface NamedFeature {
  readonly name: string;
  /** What it is, for people. */
  readonly definition: string;
}

export interface NumberFeature extends NamedFeature {
  readonly kind: 'number';
  /** For each case; NaN where it is not known. */
  readonly values: Float64Array;
}

export interface CategoryFeature extends NamedFeature {
  readonly kind: 'category';
  /** For each case; '' where it is not known, which is a category too. */
  readonly values: readonly string[];
}

/** Categories beyond the most frequent ones are one. */
const MOST_LEVELS = 12;
export const OTHER = '(others)';

/** The categories that are told apart, the most frequent first. */
export function listLevels(values: readonly string[]): readonly string[] {
  const counts = Map.groupBy(values, (value) => value);
  const levels = [...counts].toSorted(([a, one], [b, two]) => two.length - one.length || (a < b ? -1 : 1));
  return levels.slice(0, MOST_LEVELS).map(([level]) => level);
}

/** Whether all cases have the same; such a feature tells nothing apart. */
export const isEven = (feature: TrivialFeature): boolean =>
  feature.kind === 'number'
    ? new Set(feature.values.filter((value) => !Number.isNaN(value))).size < 2
    : new Set(feature.values).size < 2;
