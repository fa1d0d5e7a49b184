import type { ScoreTable } from './score-table.ts';

/** Weighted counts, row by row: truth * classes + predicted. */
export function countConfusion({ truth, predicted, labels, count }: ScoreTable, weights: Uint32Array): Float64Array {
  const size = labels.length;
  const counts = new Float64Array(size * size);
  for (let index = 0; index < count; index++) {
    const cell = (truth[index] ?? 0) * size + (predicted[index] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + (weights[index] ?? 0);
  }
  return counts;
}

/** What the counts say; NaN where a class has no cases, or no others. */
export interface ConfusionShares {
  readonly accuracy: number;
  readonly sensitivity: readonly number[];
  readonly specificity: readonly number[];
}

export function computeShares(counts: Float64Array, size: number): ConfusionShares {
  const rows = new Float64Array(size);
  const columns = new Float64Array(size);
  counts.forEach((count, cell) => {
    const row = Math.trunc(cell / size);
    rows[row] = (rows[row] ?? 0) + count;
    columns[cell % size] = (columns[cell % size] ?? 0) + count;
  });
  const hits = rows.map((_, label) => counts[label * size + label] ?? 0);
  const total = sum(rows);
  const specificityOf = (label: number): number => {
    const others = total - (rows[label] ?? 0);
    const falseAlarms = (columns[label] ?? 0) - (hits[label] ?? 0);
    return (others - falseAlarms) / others;
  };
  return {
    accuracy: sum(hits) / total,
    sensitivity: Array.from(hits, (hit, label) => hit / (rows[label] ?? 0)),
    specificity: Array.from(hits, (_, label) => specificityOf(label)),
  };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
