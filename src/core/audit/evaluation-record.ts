import type { Reliability, ReliabilityBin } from './calibration.ts';
import type { ClassEvaluation, ClassIntervals, Evaluation, EvaluationIntervals } from './evaluation.ts';
import type { Interval } from './interval.ts';

/** A number for each class by its label; `null` where it is not defined. */
type ByLabel<Value> = Readonly<Record<string, Value | null>>;

type ReliabilityBinRecord = Readonly<Record<'low' | 'high' | 'count', number>> &
  Readonly<Record<'confidence' | 'accuracy', number | null>>;

interface ReliabilityRecord {
  readonly ece: number;
  readonly bins: readonly ReliabilityBinRecord[];
}

/** An evaluation as JSON holds it: `null` for what is not defined, never NaN. Curves are in `roc.csv`. */
export interface EvaluationRecord {
  /** The form of this record; a change that breaks readers raises it. */
  readonly format: 'relevance-lightbox/evaluation/1';
  readonly labels: readonly string[];
  readonly cases: number;
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly meanAuc: number | null;
  readonly auc: ByLabel<number>;
  readonly averagePrecision: ByLabel<number>;
  readonly sensitivity: ByLabel<number>;
  readonly specificity: ByLabel<number>;
  readonly prevalence: ByLabel<number>;
  readonly positives: ByLabel<number>;
  /** A row for each true class, a column for each predicted one, in the order of the labels. */
  readonly confusion: readonly (readonly number[])[];
  readonly calibration: {
    readonly meanConfidence: number;
    readonly ece: number;
    readonly brier: number;
    readonly negativeLogLikelihood: number;
    readonly equalWidth: ReliabilityRecord;
    readonly equalMass: ReliabilityRecord;
  };
  readonly intervals: IntervalsRecord | null;
  readonly warnings: readonly string[];
}

interface IntervalsRecord extends Pick<EvaluationIntervals, 'unit' | 'units' | 'resamples' | 'seed' | 'level'> {
  readonly method: 'percentile';
  readonly accuracy: Interval | null;
  readonly balancedAccuracy: Interval | null;
  readonly meanAuc: Interval | null;
  readonly auc: ByLabel<Interval>;
  readonly sensitivity: ByLabel<Interval>;
  readonly specificity: ByLabel<Interval>;
}

/** The stable form that is written as JSON. */
export function describeEvaluation(evaluation: Evaluation): EvaluationRecord {
  const { labels, calibration, intervals } = evaluation;
  const of = (read: (one: ClassEvaluation) => number | undefined): ByLabel<number> =>
    byLabel(labels, evaluation.classes.map(read));
  return {
    format: 'relevance-lightbox/evaluation/1',
    labels,
    cases: evaluation.cases,
    accuracy: evaluation.accuracy,
    balancedAccuracy: evaluation.balancedAccuracy,
    meanAuc: evaluation.meanAuc ?? null,
    auc: of(({ auc }) => auc),
    averagePrecision: of(({ averagePrecision }) => averagePrecision),
    sensitivity: of(({ sensitivity }) => sensitivity),
    specificity: of(({ specificity }) => specificity),
    prevalence: of(({ prevalence }) => prevalence),
    positives: of(({ positives }) => positives),
    confusion: evaluation.confusion,
    calibration: {
      meanConfidence: calibration.meanConfidence,
      ece: calibration.equalWidth.ece,
      brier: calibration.brier,
      negativeLogLikelihood: calibration.negativeLogLikelihood,
      equalWidth: describeReliability(calibration.equalWidth),
      equalMass: describeReliability(calibration.equalMass),
    },
    intervals: intervals === undefined ? null : describeIntervals(labels, intervals),
    warnings: evaluation.warnings,
  };
}

function describeIntervals(labels: readonly string[], intervals: EvaluationIntervals): IntervalsRecord {
  const of = (read: (one: ClassIntervals) => Interval | undefined): ByLabel<Interval> =>
    byLabel(labels, intervals.classes.map(read));
  const { unit, units, resamples, seed, level } = intervals;
  return {
    ...{ method: 'percentile', unit, units, resamples, seed, level },
    accuracy: intervals.accuracy ?? null,
    balancedAccuracy: intervals.balancedAccuracy ?? null,
    meanAuc: intervals.meanAuc ?? null,
    auc: of(({ auc }) => auc),
    sensitivity: of(({ sensitivity }) => sensitivity),
    specificity: of(({ specificity }) => specificity),
  };
}

const describeReliability = ({ ece, bins }: Reliability): ReliabilityRecord => ({ ece, bins: bins.map(describeBin) });

const describeBin = ({ low, high, count, confidence, accuracy }: ReliabilityBin): ReliabilityBinRecord => ({
  low,
  high,
  count,
  confidence: confidence ?? null,
  accuracy: accuracy ?? null,
});

const byLabel = <Value>(labels: readonly string[], values: readonly (Value | undefined)[]): ByLabel<Value> =>
  Object.fromEntries(labels.map((label, index) => [label, values[index] ?? null]));
