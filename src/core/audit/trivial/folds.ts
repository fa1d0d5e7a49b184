import { createRandomWords } from '#shared/random-words.ts';

export const FOLDS = 5;

export interface FoldRequest {
  /** The patient each case is of, or a number of its own. */
  readonly units: Uint32Array;
  /** 1 for a positive. */
  readonly isPositive: Uint8Array;
  readonly seed: number;
}

/**
 * The fold of each case: cases of one patient stay together, and units with a positive are dealt out apart from the others, so that every fold has its
 * share of both. Seeded.
 */
export function dealFolds({ units, isPositive, seed }: FoldRequest): Uint8Array {
  const positive = new Map<number, boolean>();
  units.forEach((unit, at) => positive.set(unit, (positive.get(unit) ?? false) || isPositive[at] === 1));
  const draw = createRandomWords(`folds ${seed}`);
  const folds = new Map<number, number>();
  for (const kind of [true, false]) {
    const shuffled = shuffle([...positive].flatMap(([unit, is]) => (is === kind ? [unit] : [])), draw); // prettier-ignore
    shuffled.forEach((unit, at) => folds.set(unit, at % FOLDS));
  }
  return Uint8Array.from(units, (unit) => folds.get(unit) ?? 0);
}

/** Every order is as likely (Fisher and Yates). */
export function shuffle<Value>(values: readonly Value[], draw: () => number): readonly Value[] {
  const shuffled = [...values];
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = Math.floor((draw() / 2 ** 32) * (at + 1));
    const [one, two] = [shuffled[at], shuffled[other]] as [Value, Value];
    [shuffled[at], shuffled[other]] = [two, one];
  }
  return shuffled;
}
