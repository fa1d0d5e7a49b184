import { LightboxError } from '#shared/errors.ts';
import type { EvaluationCase } from './evaluation-case.ts';

/** What a float32 softmax may exceed 1 by. */
const ROUNDING = 1e-6;

/** The cases in columns. */
export interface ScoreTable {
  readonly labels: readonly string[];
  readonly count: number;
  /** Index of each case's true class. */
  readonly truth: Uint32Array;
  /** Index of each case's most probable class; the first of equals. */
  readonly predicted: Uint32Array;
  /** For each class, its probability in each case. */
  readonly scores: readonly Float64Array[];
}

/**
 * Check the cases and turn them into columns.
 * @throws LightboxError `request/invalid` on no cases, fewer than two classes, labels or ids that repeat, a truth that is
 * no class, and probabilities that are missing, not finite or outside 0 to 1. Cases are named by position, never by id.
 */
export function readScoreTable(cases: readonly EvaluationCase[], labels: readonly string[]): ScoreTable {
  checkLabels(labels);
  if (cases.length === 0) throw invalid('There is no case to evaluate; choose a split and labels that have samples');
  const table = {
    labels,
    count: cases.length,
    truth: new Uint32Array(cases.length),
    predicted: new Uint32Array(cases.length),
    scores: labels.map(() => new Float64Array(cases.length)),
  };
  const positions = new Map<string, number>();
  cases.forEach((entry, index) => {
    const earlier = positions.get(entry.id);
    if (earlier !== undefined)
      throw invalid(`Case ${index + 1} repeats the id of case ${earlier}; give each case once`);
    positions.set(entry.id, index + 1);
    fillRow(table, entry, index);
  });
  return table;
}

function checkLabels(labels: readonly string[]): void {
  if (labels.length < 2) {
    throw invalid(`An evaluation needs at least two classes and was given ${labels.length}; check the model's labels`);
  }
  const repeated = labels.find((label, index) => labels.indexOf(label) < index);
  if (repeated !== undefined) throw invalid(`Two classes are called '${repeated}'; give each a name of its own`);
}

function fillRow({ labels, truth, predicted, scores }: ScoreTable, entry: EvaluationCase, index: number): void {
  const { probabilities } = entry;
  if (!Number.isInteger(entry.truth) || entry.truth < 0 || entry.truth >= labels.length) {
    throw invalid(`Case ${index + 1} has the class index ${entry.truth}; there are ${labels.length} classes, from 0`);
  }
  if (probabilities.length !== labels.length) {
    const counts = `${probabilities.length} probabilities for ${labels.length} classes`;
    throw invalid(`Case ${index + 1} has ${counts}; check that the labels belong to the model`);
  }
  truth[index] = entry.truth;
  let best = -Infinity;
  scores.forEach((column, label) => {
    const value = probabilities[label] ?? NaN;
    if (!(value >= 0 && value <= 1 + ROUNDING)) {
      throw invalid(`Case ${index + 1} has the probability ${value} for '${labels[label] ?? ''}'; it must be 0 to 1`);
    }
    column[index] = Math.min(1, value);
    if (value > best) [best, predicted[index]] = [value, label];
  });
}

const invalid = (sentence: string): LightboxError => new LightboxError('request/invalid', `${sentence}.`);
