import type { EvaluationView } from './evaluation-view.ts';
import { figureSizes } from './figure-look.ts';
import type { FigureLook } from './figure-look.ts';
import { formatCount, formatPercent } from './number-format.ts';
import { measureText, wrapText } from './set-text.ts';
import type { TextLook } from './set-text.ts';

/** One true class: how its cases were predicted. */
export interface MatrixRow {
  readonly label: string;
  readonly counts: readonly number[];
  /** Parts of the row's cases, of all classes; undefined in a row without cases. */
  readonly shares: readonly (number | undefined)[];
}

/** A confusion matrix with its measures in pixels. */
export interface MatrixLayout {
  readonly look: FigureLook;
  readonly rows: readonly MatrixRow[];
  /** Side of a cell. */
  readonly cell: number;
  /** Room for the axis title and the row labels. */
  readonly left: number;
  /** Of each row's label. */
  readonly rowLines: readonly (readonly string[])[];
  readonly count: TextLook;
  readonly percent: TextLook;
}

export const cellPadding = 5;
export const numberGap = 4;
export const labelGap = 8;
/** Room for the title beside the row labels. */
export const titleRoom = 20;
const LARGEST_LABEL = 112;

const SMALLEST_NUMBER = 10;
const LARGEST_CELL = 140;
const ROOMY_CELL = 46;
const ROW_LABEL_LINES = 3;
export const labelLineHeight = 14;

/** @param width what the matrix should fill; where its numbers need more, it is wider. */
export function layOutMatrix(view: EvaluationView, width: number): MatrixLayout {
  const { look } = view;
  const rows = view.shown.map((truth): MatrixRow => {
    const all = view.evaluation.confusion[truth.index] ?? [];
    const counts = view.shown.map(({ index }) => all[index] ?? 0);
    const shares = counts.map((count) => (truth.positives > 0 ? count / truth.positives : undefined));
    return { label: truth.label, counts, shares };
  });
  const smallest = findSmallestCell(rows, look);
  const label = { ...look.quiet, color: look.text.color };
  const natural = Math.max(
    ...rows.map((row) => measureWidest(wrapText(row.label, label, { maxWidth: LARGEST_LABEL }), label)),
  );
  const left = titleRoom + natural + labelGap;
  const cell = Math.floor(Math.min(LARGEST_CELL, Math.max(smallest, (width - left) / rows.length)));
  const maxLines = Math.min(ROW_LABEL_LINES, Math.max(1, Math.floor(cell / labelLineHeight)));
  const rowLines = rows.map((row) => wrapText(row.label, label, { maxWidth: natural, maxLines }));
  const isRoomy = cell >= Math.max(ROOMY_CELL, smallest * 1.3);
  return {
    ...{ look, rows, cell, left, rowLines },
    count: { ...look.strong, size: isRoomy ? figureSizes.heading : SMALLEST_NUMBER },
    percent: { ...look.text, size: isRoomy ? figureSizes.small : SMALLEST_NUMBER },
  };
}

const measureWidest = (lines: readonly string[], look: TextLook): number =>
  Math.max(...lines.map((line) => measureText(line, look)));

/** A cell in which count and percentage stand one above the other at their smallest. */
function findSmallestCell(rows: readonly MatrixRow[], look: FigureLook): number {
  const size = SMALLEST_NUMBER;
  const widths = rows.flatMap(({ counts, shares }) => [
    ...counts.map((count) => measureText(formatCount(count), { ...look.strong, size })),
    ...shares.map((share) => measureText(share === undefined ? '' : formatPercent(share), { ...look.text, size })),
  ]);
  return Math.max(Math.max(...widths) + 2 * cellPadding, 2 * size + numberGap + 2 * cellPadding);
}
