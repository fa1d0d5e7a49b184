import type { EvaluationCase } from './evaluation-case.ts';

export const threeLabels = ['COVID-19', 'Non-COVID', 'Normal'] as const;

/** Thirty cases of three classes with many equal probabilities (twentieths), for tests. */
const truths = [2, 1, 2, 2, 1, 2, 2, 0, 0, 0, 0, 2, 2, 0, 1, 2, 0, 2, 0, 1, 2, 0, 1, 0, 2, 0, 2, 1, 1, 1];
const twentieths = [
  [11, 1, 8],
  [2, 15, 3],
  [3, 1, 16],
  [12, 7, 1],
  [2, 13, 5],
  [2, 7, 11],
  [1, 15, 4],
  [9, 9, 2],
  [10, 5, 5],
  [2, 3, 15],
  [2, 13, 5],
  [0, 12, 8],
  [1, 3, 16],
  [9, 8, 3],
  [2, 18, 0],
  [5, 2, 13],
  [7, 5, 8],
  [8, 10, 2],
  [7, 12, 1],
  [1, 7, 12],
  [9, 3, 8],
  [5, 14, 1],
  [2, 15, 3],
  [13, 1, 6],
  [1, 7, 12],
  [10, 8, 2],
  [7, 2, 11],
  [1, 18, 1],
  [1, 16, 3],
  [1, 19, 0],
];

export const thirtyCases: readonly EvaluationCase[] = truths.map((truth, index) => ({
  id: `sample ${index}`,
  truth,
  probabilities: (twentieths[index] ?? []).map((count) => count / 20),
}));

/** The same cases, of twelve patients but for the last three. */
export const patientCases: readonly EvaluationCase[] = thirtyCases.map((entry, index) =>
  index < 27 ? { ...entry, patient: `patient ${(index * index) % 12}` } : entry,
);
