import type { EvaluationCase } from './evaluation-case.ts';

// The same numbers in their slowest, plainest form, for tests to compare with.

/** Every positive against every negative: 1 where it scores above, half where equal. */
export function countPairs(positives: readonly number[], negatives: readonly number[]): number {
  let wins = 0;
  for (const positive of positives) {
    for (const negative of negatives) wins += positive > negative ? 1 : positive === negative ? 0.5 : 0;
  }
  return wins / (positives.length * negatives.length);
}

export function plainAuc(cases: readonly EvaluationCase[], label: number): number {
  const scoresOf = (isPositive: boolean): number[] =>
    cases.filter(({ truth }) => (truth === label) === isPositive).map((entry) => entry.probabilities[label] ?? NaN);
  return countPairs(scoresOf(true), scoresOf(false));
}

const predict = ({ probabilities }: EvaluationCase): number => {
  const values = Array.from(probabilities);
  return values.indexOf(Math.max(...values));
};

export const plainAccuracy = (cases: readonly EvaluationCase[]): number => plainShare(cases, (entry) => isRight(entry));

const isRight = (entry: EvaluationCase): boolean => predict(entry) === entry.truth;

export const plainSensitivity = (cases: readonly EvaluationCase[], label: number): number =>
  plainShare(
    cases.filter(({ truth }) => truth === label),
    (entry) => predict(entry) === label,
  );

export const plainSpecificity = (cases: readonly EvaluationCase[], label: number): number =>
  plainShare(
    cases.filter(({ truth }) => truth !== label),
    (entry) => predict(entry) !== label,
  );

const plainShare = (cases: readonly EvaluationCase[], holds: (entry: EvaluationCase) => boolean): number =>
  cases.filter(holds).length / cases.length;
