import type { Calibration } from './calibration.ts';
import type { Interval } from './interval.ts';
import type { RocPoint } from './roc.ts';

export interface BootstrapOptions {
  /** Default: 2,000. */
  readonly resamples?: number;
  /** Default: 1. */
  readonly seed?: number;
}

export interface EvaluationOptions {
  /** The classes, in the order of the probabilities. */
  readonly labels: readonly string[];
  /** `false`: no intervals. */
  readonly bootstrap?: BootstrapOptions | false;
  /** Bins of the reliability diagram. Default: 15. */
  readonly bins?: number;
}

/** How well a classifier does on a set of samples. */
export interface Evaluation {
  readonly labels: readonly string[];
  readonly cases: number;
  /** Share of cases whose most probable class is the true one. */
  readonly accuracy: number;
  /** Mean sensitivity of the classes that have cases. */
  readonly balancedAccuracy: number;
  /** Mean AUC of the classes that have one. */
  readonly meanAuc: number | undefined;
  /** Counts; a row for each true class, a column for each predicted one. */
  readonly confusion: readonly (readonly number[])[];
  readonly classes: readonly ClassEvaluation[];
  readonly calibration: Calibration;
  readonly intervals: EvaluationIntervals | undefined;
  /** What a careful reader would question. */
  readonly warnings: readonly string[];
}

/** One class against the rest. What needs positives or negatives that are not there is undefined. */
export interface ClassEvaluation {
  readonly label: string;
  /** Cases that are of this class. */
  readonly positives: number;
  /** positives / cases. */
  readonly prevalence: number;
  readonly auc: number | undefined;
  readonly averagePrecision: number | undefined;
  /** Share of the class's cases that are predicted as such. */
  readonly sensitivity: number | undefined;
  /** Share of the other cases that are predicted as something else. */
  readonly specificity: number | undefined;
  /** From (0, 0) to (1, 1); empty where there is no curve. */
  readonly roc: readonly RocPoint[];
}

/** 95 % percentile intervals of a bootstrap. */
export interface EvaluationIntervals {
  /** What was drawn: patients where at least one case names its patient, else cases. */
  readonly unit: 'patient' | 'case';
  readonly units: number;
  readonly resamples: number;
  readonly seed: number;
  readonly level: number;
  readonly accuracy: Interval | undefined;
  readonly balancedAccuracy: Interval | undefined;
  readonly meanAuc: Interval | undefined;
  /** In the order of the labels. */
  readonly classes: readonly ClassIntervals[];
}

export interface ClassIntervals {
  readonly auc: Interval | undefined;
  readonly sensitivity: Interval | undefined;
  readonly specificity: Interval | undefined;
}
