import type { Block } from './block.ts';
import { placeBlock } from './block.ts';
import type { EvaluationView } from './evaluation-view.ts';
import { inkOn } from './figure-look.ts';
import { cellPadding, labelGap, labelLineHeight, layOutMatrix, numberGap, titleRoom } from './matrix-layout.ts';
import type { MatrixLayout } from './matrix-layout.ts';
import { formatCount, formatPercent } from './number-format.ts';
import { capitalHeight, fitText, measureText, setText, wrapText } from './set-text.ts';
import type { TextLook } from './set-text.ts';
import { element } from './svg-element.ts';

/** Column labels stand upright in as many lines, or lean where they need more. */
const UPRIGHT_LINES = 3;
const LEAN = Math.PI / 4;
const LONGEST_LEANING = 150;
/** The strongest end of the shades is too dark or too light to show the cell's neighbours against. */
const DEEPEST_SHADE = 0.85;

/**
 * Counts by true class (rows) and predicted class (columns), each with its share of the row, shaded by that share.
 * @param width the least the panel takes; many classes take more.
 */
export function confusionPanel(view: EvaluationView, width: number): Block {
  const matrix = layOutMatrix(view, width);
  const side = matrix.cell * matrix.rows.length;
  const below = columnLabelBlock(matrix);
  const bottom = side + labelGap + below.height;
  const { text } = matrix.look;
  const center = matrix.left + side / 2;
  const parts = [
    ...matrix.rows.map((_, row) => drawRow(matrix, row)),
    placeBlock(below, matrix.left, side + labelGap),
    setText('Predicted class', text, { x: center, y: bottom + text.size, anchor: 'middle' }),
    setText('True class', text, { x: text.size * capitalHeight, y: side / 2, anchor: 'middle', turn: -90 }),
  ];
  return { width: Math.max(width, matrix.left + side), height: bottom + text.size + cellPadding, svg: parts.join('') };
}

function drawRow(matrix: MatrixLayout, row: number): string {
  const { cell, left, rowLines } = matrix;
  const label = labelLook(matrix);
  const lines = rowLines[row] ?? [];
  const middle = row * cell + cell / 2;
  const first = middle - ((lines.length - 1) * labelLineHeight) / 2 + (label.size * capitalHeight) / 2;
  const labels = lines.map((line, index) =>
    setText(line, label, { x: left - labelGap, y: first + index * labelLineHeight, anchor: 'end' }),
  );
  const cells = (matrix.rows[row]?.counts ?? []).map((_, column) => drawCell(matrix, row, column));
  return [...labels, ...cells].join('');
}

function drawCell({ rows, cell, left, look, count, percent }: MatrixLayout, row: number, column: number): string {
  const share = rows[row]?.shares[column];
  const fill = share === undefined ? look.ground : look.shade(share * DEEPEST_SHADE);
  const [x, y] = [left + column * cell, row * cell];
  const color = inkOn(fill);
  const middle = { x: x + cell / 2, anchor: 'middle' } as const;
  const [countHeight, percentHeight] = [count.size * capitalHeight, percent.size * capitalHeight];
  const top = y + (cell - countHeight - numberGap - percentHeight) / 2;
  return [
    element('rect', { x, y, width: cell, height: cell, fill, stroke: look.hairline }),
    setText(formatCount(rows[row]?.counts[column] ?? 0), { ...count, color }, { ...middle, y: top + countHeight }),
    share === undefined
      ? ''
      : setText(
          formatPercent(share),
          { ...percent, color },
          { ...middle, y: top + countHeight + numberGap + percentHeight },
        ),
  ].join('');
}

const labelLook = ({ look }: MatrixLayout): TextLook => ({ ...look.quiet, color: look.text.color });

/** Labels below the columns, from the first column's left edge. */
function columnLabelBlock(matrix: MatrixLayout): Block {
  const look = labelLook(matrix);
  const wrapped = matrix.rows.map(({ label }) => wrapUpright(label, look, matrix.cell - cellPadding));
  const upright = wrapped.filter((lines) => lines !== undefined);
  const width = matrix.cell * matrix.rows.length;
  return upright.length === wrapped.length
    ? { width, ...drawUpright(upright, matrix) }
    : { width, ...drawLeaning(matrix) };
}

/** Undefined where a word is wider than the column or the lines are too many. */
function wrapUpright(label: string, look: TextLook, maxWidth: number): string[] | undefined {
  const isWide = label.split(/[\s\-/]+/).some((word) => measureText(`${word}-`, look) > maxWidth);
  const lines = wrapText(label, look, { maxWidth });
  return isWide || lines.length > UPRIGHT_LINES ? undefined : lines;
}

function drawUpright(labels: readonly (readonly string[])[], matrix: MatrixLayout): Omit<Block, 'width'> {
  const look = labelLook(matrix);
  const texts = labels.flatMap((lines, column) =>
    lines.map((line, index) => {
      const x = column * matrix.cell + matrix.cell / 2;
      return setText(line, look, { x, y: look.size * capitalHeight + index * labelLineHeight, anchor: 'middle' });
    }),
  );
  const height = Math.max(...labels.map(({ length }) => length)) * labelLineHeight;
  return { height: height + cellPadding, svg: texts.join('') };
}

/** The text ends below its column and leans up towards it, over the room of the row labels. */
function drawLeaning(matrix: MatrixLayout): Omit<Block, 'width'> {
  const look = labelLook(matrix);
  const roomLeft = matrix.left - titleRoom / 2 + matrix.cell / 2;
  const maxWidth = Math.min(LONGEST_LEANING, roomLeft / Math.cos(LEAN));
  const labels = matrix.rows.map(({ label }) => fitText(label, look, maxWidth));
  const drop = look.size * capitalHeight;
  const texts = labels.map((label, column) => {
    const x = column * matrix.cell + matrix.cell / 2 + drop / 2;
    return setText(label, look, { x, y: drop, anchor: 'end', turn: -45 });
  });
  const longest = Math.max(...labels.map((label) => measureText(label, look)));
  return { height: longest * Math.sin(LEAN) + look.size + cellPadding, svg: texts.join('') };
}
