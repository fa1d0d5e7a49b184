import { columnBlock, rowBlock, type Block } from './block.ts';
import type { Drawing } from './concept-sheet.ts';
import { frameFigure } from './figure-frame.ts';
import { createLook, type FigureLook, type FigureThemeName } from './figure-look.ts';
import type { Figure } from './figure.ts';
import { outlineMask } from './mask-outline.ts';
import type { FigureProvenance } from './provenance.ts';
import { fitText, setText, wrapText } from './set-text.ts';
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
export interface MarkTestSheet {
  readonly title: string;
  readonly subtitle: string;
  /** Pixels of outlines in a row. */
  readonly maskWidth: number;
  readonly before: readonly MarkTestPicture[];
  readonly after: readonly MarkTestPicture[];
  readonly head: readonly string[];
  readonly rows: readonly TableRow[];
  readonly legend: readonly string[];
  readonly provenance: FigureProvenance;
  /** Default: dark. */
  readonly theme?: FigureThemeName;
}

const WIDTH = 844;
const GAP = 12;
const COLUMNS = 4;
const LINE = 15;
const HEADING = 18;

export function renderMarkTestSheet(sheet: MarkTestSheet): Figure {
  const look = createLook(sheet.theme ?? 'dark');
  const width = (WIDTH - GAP * (COLUMNS - 1)) / COLUMNS;
  const cells = (pictures: readonly MarkTestPicture[]): Block =>
    rowBlock(
      pictures.map((picture) => cellBlock(picture, { width, maskWidth: sheet.maskWidth, look })),
      GAP,
    );
  const table = tableBlock({ width: WIDTH, head: sheet.head, rows: sheet.rows }, look);
  const legend = linesBlock(
    sheet.legend.flatMap((line) => wrapText(line, look.text, { maxWidth: WIDTH })),
    look.text,
  );
  const content = columnBlock([cells(sheet.before), cells(sheet.after), table, legend], GAP + 6);
  return frameFigure({ ...content, width: WIDTH }, sheet, look);
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
  const height = (width * drawing.height) / drawing.width;
  const href = `data:image/png;base64,${drawing.png.toString('base64')}`;
  const scale = width / maskWidth;
  const parts = [
    setText(fitText(heading, look.strong, width), look.strong, { x: 0, y: look.strong.size }),
    element('image', { x: 0, y: HEADING, width, height, preserveAspectRatio: 'none', href }),
    ...outlines.map((mask, index) => outline(outlineMask(mask, maskWidth), { scale, isMark: index === 0 })),
    ...notes.map((note, index) =>
      setText(fitText(note, look.quiet, width), look.quiet, { x: 0, y: HEADING + height + LINE * (index + 1) }),
    ),
  ];
  return { width, height: HEADING + height + LINE * notes.length + 4, svg: parts.join('') };
}

/** Black below color, so that it shows on any ground; the mark is drawn in yellow, controls in blue. */
function outline(path: string, { scale, isMark }: { readonly scale: number; readonly isMark: boolean }): string {
  const place = {
    d: path,
    fill: 'none',
    transform: `translate(0 ${HEADING}) scale(${scale})`,
    'stroke-linecap': 'square',
  };
  const under = element('path', { ...place, stroke: '#000000', 'stroke-width': 2.6 / scale });
  const color = isMark ? '#ffd23f' : '#8fd3ff';
  return under + element('path', { ...place, stroke: color, 'stroke-width': (isMark ? 1.4 : 0.9) / scale });
}
