import { computeWilsonInterval } from './interval.ts';
import type { Interval } from './interval.ts';
import type { ScoreTable } from './score-table.ts';

/** Cases whose confidence lies in one stretch. */
export interface ReliabilityBin {
  /** Excluded, except in the first bin. */
  readonly low: number;
  /** Included. */
  readonly high: number;
  readonly count: number;
  /** Mean confidence; undefined in an empty bin, as are the next two. */
  readonly confidence: number | undefined;
  /** Share of cases predicted rightly. */
  readonly accuracy: number | undefined;
  /** Wilson's 95 % interval of the accuracy, each case counted as independent. */
  readonly interval: Pick<Interval, 'low' | 'high'> | undefined;
}

export interface Reliability {
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: mean distance of confidence and accuracy over the bins, by cases (Guo et al., 2017). */
  readonly ece: number;
}

/** Whether probabilities mean what they say. The confidence of a case is its largest probability. */
export interface Calibration {
  readonly meanConfidence: number;
  /** Mean over cases of the squared distance to the truth, summed over classes: 0 to 2 (Brier, 1950). */
  readonly brier: number;
  /** Mean of -ln(probability of the true class), which is taken as at least {@link LEAST_PROBABILITY}. */
  readonly negativeLogLikelihood: number;
  /** Bins of equal width over 0 to 1. */
  readonly equalWidth: Reliability;
  /** Bins of about equally many cases; equal confidences stay together. */
  readonly equalMass: Reliability;
}

/** Keeps the logarithm finite where a probability was rounded to 0: the distance from 1 to the next float64. */
export const LEAST_PROBABILITY = Number.EPSILON;

export function computeCalibration(table: ScoreTable, binCount: number): Calibration {
  const { predicted, truth, scores, count } = table;
  const confidence = Float64Array.from(predicted, (label, index) => scores[label]?.[index] ?? 0);
  const isRight = Uint8Array.from(predicted, (label, index) => (label === truth[index] ? 1 : 0));
  const predictions = { confidence, isRight };
  const ofTruth = Float64Array.from(truth, (label, index) => scores[label]?.[index] ?? 0);
  return {
    meanConfidence: sum(confidence) / count,
    brier: sumSquares(table) / count,
    negativeLogLikelihood: -sum(ofTruth.map((value) => Math.log(Math.max(value, LEAST_PROBABILITY)))) / count,
    equalWidth: computeReliability(predictions, findEqualWidths(binCount)),
    equalMass: computeReliability(predictions, findEqualMasses(confidence, binCount)),
  };
}

interface Predictions {
  readonly confidence: Float64Array;
  readonly isRight: Uint8Array;
}

/** @param edges upper edges, rising, the last one 1. */
function computeReliability({ confidence, isRight }: Predictions, edges: readonly number[]): Reliability {
  const totals = edges.map(() => ({ count: 0, confidence: 0, right: 0 }));
  confidence.forEach((value, index) => {
    const total = totals[findBin(edges, value)];
    if (!total) return;
    total.count++;
    total.confidence += value;
    total.right += isRight[index] ?? 0;
  });
  const bins = totals.map((total, bin): ReliabilityBin => {
    const { count } = total;
    const range = { low: edges[bin - 1] ?? 0, high: edges[bin] ?? 1, count };
    if (count === 0) return { ...range, confidence: undefined, accuracy: undefined, interval: undefined };
    const interval = computeWilsonInterval(total.right, count);
    return { ...range, confidence: total.confidence / count, accuracy: total.right / count, interval };
  });
  const gaps = totals.map((total) => Math.abs(total.confidence - total.right));
  return { bins, ece: gaps.reduce((whole, gap) => whole + gap, 0) / confidence.length };
}

/** The first bin whose upper edge is not below the value. */
function findBin(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 1) >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}

const findEqualWidths = (count: number): number[] => Array.from({ length: count }, (_, bin) => (bin + 1) / count);

function findEqualMasses(confidence: Float64Array, count: number): number[] {
  const sorted = confidence.toSorted();
  const edges = Array.from({ length: count - 1 }, (_, bin) => {
    const rank = Math.max(1, Math.round(((bin + 1) * sorted.length) / count));
    return sorted[rank - 1] ?? 1;
  });
  return [...new Set([...edges, 1])];
}

function sumSquares({ scores, truth }: ScoreTable): number {
  const columns = scores.map((column, label) =>
    sum(column.map((value, index) => (value - (truth[index] === label ? 1 : 0)) ** 2)),
  );
  return columns.reduce((whole, column) => whole + column, 0);
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
