import { columnBlock, rowBlock, type Block } from './block.ts';
import { drawingBlock, textCell, type Drawing } from './drawing-cell.ts';
import { LightboxError } from '#shared/errors.ts';
import { frameFigure, type FigureTexts } from './figure-frame.ts';
import type { FigureLook } from './figure-look.ts';
import type { Figure } from './figure.ts';
import { outlineMask } from './mask-outline.ts';
import { layOutPage, type PageChoice } from './paper.ts';
import { wrapText } from './set-text.ts';
import { element } from './svg-element.ts';
import { tableBlock, type TableRow } from './table.ts';
import { linesBlock } from './text-block.ts';

/** A picture with regions drawn on it. */
export interface MarkTestPicture {
  readonly drawing: Drawing;
  readonly heading: string;
  readonly notes: readonly string[];
  /** Pixels of each region, in the size of the model's input; the first is the mark, the others are controls. */
  readonly outlines: readonly ArrayLike<number>[];
}

/** What taking a mark away does: the picture, its heatmap, the controls, the picture without the mark by each fill, and the numbers. */
export interface MarkTestSheet extends FigureTexts, PageChoice {
  /** Pixels of outlines in a row. */
  readonly maskWidth: number;
  readonly before: readonly MarkTestPicture[];
  readonly after: readonly MarkTestPicture[];
  readonly head: readonly string[];
  readonly rows: readonly TableRow[];
  readonly legend: readonly string[];
}

const SCREEN_WIDTH = 844;
/** What the table of numbers needs. */
const NARROWEST_MM = 150;
const GAP = 12;
const COLUMNS = 4;

/** Throws `request/invalid` on a width in which its table finds no room. */
export function renderMarkTestSheet(sheet: MarkTestSheet): Figure {
  const { widthMm = NARROWEST_MM } = sheet;
  if (widthMm < NARROWEST_MM) {
    const sentence = `The sheet of a mark's test needs ${NARROWEST_MM} mm for its numbers, not ${widthMm}; ask for a wider figure.`;
    throw new LightboxError('request/invalid', sentence);
  }
  const { look, width: full } = layOutPage(sheet, SCREEN_WIDTH);
  const width = (full - GAP * (COLUMNS - 1)) / COLUMNS;
  const cells = (pictures: readonly MarkTestPicture[]): Block =>
    rowBlock(
      pictures.map((picture) => cellBlock(picture, { width, maskWidth: sheet.maskWidth, look })),
      GAP,
    );
  const table = tableBlock({ width: full, head: sheet.head, rows: sheet.rows }, look);
  const legend = linesBlock(
    sheet.legend.flatMap((line) => wrapText(line, look.text, { maxWidth: full })),
    look.text,
  );
  const content = columnBlock([cells(sheet.before), cells(sheet.after), table, legend], GAP + 6);
  return frameFigure({ ...content, width: full }, sheet, look);
}

interface CellStyle {
  readonly width: number;
  readonly maskWidth: number;
  readonly look: FigureLook;
}

function cellBlock(
  { drawing, heading, notes, outlines }: MarkTestPicture,
  { width, maskWidth, look }: CellStyle,
): Block {
  const head = textCell({ lines: [heading], set: look.strong, count: 1 }, { width });
  const picture = drawingBlock(drawing, width);
  const scale = width / maskWidth;
  const drawn = outlines.map((mask, index) => outline(outlineMask(mask, maskWidth), { scale, isMark: index === 0 }));
  const below = textCell({ lines: notes, set: look.quiet, count: notes.length }, { width });
  return columnBlock([head, { ...picture, svg: picture.svg + drawn.join('') }, below], 3);
}

/** Black below color, so that it shows on any ground; the mark is drawn in yellow, controls in blue. */
function outline(path: string, { scale, isMark }: { readonly scale: number; readonly isMark: boolean }): string {
  const place = {
    d: path,
    fill: 'none',
    transform: `scale(${scale})`,
    'stroke-linecap': 'square',
  };
  const under = element('path', { ...place, stroke: '#000000', 'stroke-width': 2.6 / scale });
  const color = isMark ? '#ffd23f' : '#8fd3ff';
  return under + element('path', { ...place, stroke: color, 'stroke-width': (isMark ? 1.4 : 0.9) / scale });
}
