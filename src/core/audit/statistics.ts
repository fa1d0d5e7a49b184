import { computeShares, countConfusion } from './confusion.ts';
import { computeAuc, rankCases } from './roc.ts';
import type { RankedCases } from './roc.ts';
import type { ScoreTable } from './score-table.ts';

/** Cases made ready for counting with any weights: sorted once. */
export interface RankedTable extends ScoreTable {
  /** For each class, its cases against the rest. */
  readonly classes: readonly RankedCases[];
  /** Cases of each class. */
  readonly positives: readonly number[];
}

export function rankTable(table: ScoreTable): RankedTable {
  const classes = table.scores.map((scores, label) =>
    rankCases(
      scores,
      Uint8Array.from(table.truth, (truth) => (truth === label ? 1 : 0)),
    ),
  );
  const positives = classes.map(({ isPositive }) => isPositive.reduce((sum, value) => sum + value, 0));
  return { ...table, classes, positives };
}

/** The numbers that get an interval; NaN where a class has no cases, or no others. */
export interface Statistics {
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly meanAuc: number;
  /** In the order of the labels, as are the next two. */
  readonly auc: readonly number[];
  readonly sensitivity: readonly number[];
  readonly specificity: readonly number[];
}

/**
 * @param weights how often each case counts. A mean over classes is over those that the unweighted table has, and is NaN
 * where one of them has vanished.
 */
export function computeStatistics(table: RankedTable, weights: Uint32Array): Statistics {
  const { positives, count } = table;
  const shares = computeShares(countConfusion(table, weights), positives.length);
  const auc = table.classes.map((cases) => computeAuc(cases, weights));
  return {
    ...shares,
    balancedAccuracy: mean(shares.sensitivity.filter((_, label) => positives[label] !== 0)),
    meanAuc: mean(auc.filter((_, label) => positives[label] !== 0 && positives[label] !== count)),
    auc,
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
