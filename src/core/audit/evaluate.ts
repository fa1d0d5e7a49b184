import { LightboxError } from '#shared/errors.ts';
import { computeIntervals } from './bootstrap.ts';
import { computeCalibration } from './calibration.ts';
import { countConfusion } from './confusion.ts';
import { findCaseWarnings, findIntervalWarnings } from './evaluation-warnings.ts';
import type { EvaluationCase } from './evaluation-case.ts';
import type { ClassEvaluation, Evaluation, EvaluationOptions } from './evaluation.ts';
import { findResamplingUnits } from './resampling-units.ts';
import { computeAveragePrecision, computeRoc } from './roc.ts';
import type { RankedCases } from './roc.ts';
import { readScoreTable } from './score-table.ts';
import { computeStatistics, rankTable } from './statistics.ts';
import type { RankedTable, Statistics } from './statistics.ts';

const DEFAULT_BINS = 15;
const MOST_BINS = 1000;

/**
 * Compare a classifier's probabilities with the dataset's answers.
 * @throws LightboxError `request/invalid` on cases that cannot be evaluated (see readScoreTable) and on odd options.
 */
export function evaluate(cases: readonly EvaluationCase[], options: EvaluationOptions): Evaluation {
  const { labels, bootstrap = {}, bins = DEFAULT_BINS } = options;
  if (!Number.isInteger(bins) || bins < 1 || bins > MOST_BINS) {
    throw new LightboxError('request/invalid', `The number of bins must be a whole number up to 1,000, not ${bins}.`);
  }
  const table = rankTable(readScoreTable(cases, labels));
  const units = findResamplingUnits(cases);
  const once = new Uint32Array(table.count).fill(1);
  const statistics = computeStatistics(table, once);
  const intervals = bootstrap === false ? undefined : computeIntervals(table, units, bootstrap);
  const intervalWarnings = intervals === undefined ? [] : findIntervalWarnings(table, intervals);
  return {
    labels,
    cases: table.count,
    accuracy: statistics.accuracy,
    balancedAccuracy: statistics.balancedAccuracy,
    meanAuc: definedOf(statistics.meanAuc),
    confusion: countRows(table, once),
    classes: table.classes.map((ranked, index) => describeClass(table, ranked, { index, statistics })),
    calibration: computeCalibration(table, bins),
    intervals,
    warnings: [...findCaseWarnings(table, units), ...intervalWarnings],
  };
}

interface ClassNumbers {
  readonly index: number;
  readonly statistics: Statistics;
}

function describeClass(table: RankedTable, ranked: RankedCases, { index, statistics }: ClassNumbers): ClassEvaluation {
  const positives = table.positives[index] ?? 0;
  return {
    label: table.labels[index] ?? '',
    positives,
    prevalence: positives / table.count,
    auc: definedOf(statistics.auc[index]),
    averagePrecision: definedOf(computeAveragePrecision(ranked)),
    sensitivity: definedOf(statistics.sensitivity[index]),
    specificity: definedOf(statistics.specificity[index]),
    roc: computeRoc(ranked),
  };
}

function countRows(table: RankedTable, weights: Uint32Array): number[][] {
  const counts = countConfusion(table, weights);
  const size = table.labels.length;
  return table.labels.map((_, row) => [...counts.subarray(row * size, (row + 1) * size)]);
}

/** NaN marks what is not defined while computing; outside it is undefined. */
const definedOf = (value = NaN): number | undefined => (Number.isNaN(value) ? undefined : value);
