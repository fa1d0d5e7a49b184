import type { Block } from './block.ts';
import type { EvaluationView } from './evaluation-view.ts';
import { formatCount, formatInterval, formatShare } from './number-format.ts';
import { tableBlock } from './table.ts';
import type { TableRow } from './table.ts';

/** How many cases each class has, how many of them are found, and how many of the others are left alone. */
export function classTable({ evaluation, shown, look }: EvaluationView, width: number): Block {
  const rows = shown.map(({ label, positives, sensitivity, specificity, intervals }): TableRow => {
    const cells = [
      formatCount(positives),
      formatShare(sensitivity) + formatInterval(intervals?.sensitivity),
      formatShare(specificity) + formatInterval(intervals?.specificity),
    ];
    return { name: label, cells };
  });
  const total = { name: 'All', cells: [formatCount(evaluation.cases), '', ''], isStrong: true };
  return tableBlock({ width, head: ['Class', 'Cases', 'Sensitivity', 'Specificity'], rows: [...rows, total] }, look);
}
