import type { Evaluation, Interval } from '#core/audit/index.ts';
import type { Block } from './block.ts';
import type { EvaluationView } from './evaluation-view.ts';
import { formatInterval, formatShare } from './number-format.ts';
import { tableBlock } from './table.ts';
import type { TableRow } from './table.ts';

/** The numbers of the whole set. */
export function wholeTable({ evaluation, look }: EvaluationView, width: number): Block {
  const head = ['Whole set', '', evaluation.intervals === undefined ? '' : '95% interval'];
  return tableBlock({ width, head, rows: wholeRows(evaluation) }, look);
}

function wholeRows({ accuracy, balancedAccuracy, meanAuc, calibration, intervals }: Evaluation): TableRow[] {
  const { equalWidth, equalMass, meanConfidence, brier, negativeLogLikelihood } = calibration;
  const bins = equalWidth.bins.length;
  const row = (name: string, text: string, interval?: Interval): TableRow => {
    return { name, cells: [text, formatInterval(interval).trim()] };
  };
  return [
    row('Accuracy', formatShare(accuracy), intervals?.accuracy),
    row('Balanced accuracy', formatShare(balancedAccuracy), intervals?.balancedAccuracy),
    row('Mean AUC', formatShare(meanAuc), intervals?.meanAuc),
    row('Mean confidence', formatShare(meanConfidence)),
    row(`ECE, ${bins} bins of equal width`, formatShare(equalWidth.ece)),
    row(`ECE, ${bins} bins of equal mass`, formatShare(equalMass.ece)),
    row('Brier score (0 to 2)', brier.toFixed(3)),
    row('Negative log-likelihood', negativeLogLikelihood.toFixed(3)),
  ];
}
