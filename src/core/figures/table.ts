import { columnBlock } from './block.ts';
import type { Block } from './block.ts';
import type { FigureLook } from './figure-look.ts';
import { measureText, setText, wrapText } from './set-text.ts';
import type { TextLook } from './set-text.ts';
import { element } from './svg-element.ts';

export interface TableRow {
  /** Wrapped to three lines where it is wider than what the cells leave. */
  readonly name: string;
  /** Aligned to the right, in columns. */
  readonly cells: readonly string[];
  readonly isStrong?: boolean;
  /** Elements drawn before the name; (0, 0) is the left end of the middle of the row's first line. */
  readonly mark?: string;
}

export interface Table {
  readonly width: number;
  /** Headings of name and cells. */
  readonly head: readonly string[];
  readonly rows: readonly TableRow[];
  /** Room for marks. Default: none. */
  readonly markWidth?: number;
}

const LINE_HEIGHT = 16;
/** Of the line that letters stand on, below a line's top. */
const BASELINE = 12;
const ROW_GAP = 3;
const COLUMN_GAP = 14;
const MARK_GAP = 8;
const NAME_LINES = 3;
/** Names keep this much of the table, however wide its cells are. */
const LEAST_NAME_SHARE = 0.15;

interface Columns {
  readonly width: number;
  readonly nameLeft: number;
  readonly nameWidth: number;
  /** Where each cell's text ends. */
  readonly cellRights: readonly number[];
}

/** A head line with a rule below it, then the rows. */
export function tableBlock(table: Table, look: FigureLook): Block {
  const columns = layOutColumns(table, look);
  const head = rowBlockOf(
    { name: table.head[0] ?? '', cells: table.head.slice(1) },
    { ...columns, nameLeft: 0 },
    look.quiet,
  );
  const rule = element('path', { d: `M0 0.5H${table.width}`, stroke: look.hairline, fill: 'none' });
  const rows = table.rows.map((row) => rowBlockOf(row, columns, row.isStrong === true ? look.strong : look.text));
  return columnBlock([head, { width: table.width, height: 1, svg: rule }, ...rows], ROW_GAP);
}

function layOutColumns({ width, head, rows, markWidth }: Table, look: FigureLook): Columns {
  const cellWidths = head
    .slice(1)
    .map((heading, column) =>
      Math.max(
        measureText(heading, look.quiet),
        ...rows.map(({ cells, isStrong }) =>
          measureText(cells[column] ?? '', isStrong === true ? look.strong : look.text),
        ),
      ),
    );
  const cellRights = cellWidths.map((_, column) => width - sum(cellWidths.slice(column + 1).map(withGap)));
  const nameLeft = markWidth === undefined ? 0 : markWidth + MARK_GAP;
  const room = width - nameLeft - sum(cellWidths.map(withGap));
  return { width, nameLeft, nameWidth: Math.max(LEAST_NAME_SHARE * width, room), cellRights };
}

const withGap = (width: number): number => width + COLUMN_GAP;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function rowBlockOf({ name, cells, mark = '' }: TableRow, columns: Columns, style: TextLook): Block {
  const lines = wrapText(name, style, { maxWidth: columns.nameWidth, maxLines: NAME_LINES });
  const parts = [
    mark === '' ? '' : element('g', { transform: `translate(0 ${LINE_HEIGHT / 2})` }, mark),
    ...lines.map((line, index) => setText(line, style, { x: columns.nameLeft, y: BASELINE + index * LINE_HEIGHT })),
    ...cells.map((cell, column) =>
      cell === '' ? '' : setText(cell, style, { x: columns.cellRights[column] ?? 0, y: BASELINE, anchor: 'end' }),
    ),
  ];
  return { width: columns.width, height: lines.length * LINE_HEIGHT, svg: parts.join('') };
}
