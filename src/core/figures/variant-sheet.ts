import { columnBlock, rowBlock, type Block } from './block.ts';
import type { Drawing } from './concept-sheet.ts';
import { frameFigure } from './figure-frame.ts';
import { createLook, type FigureLook, type FigureThemeName } from './figure-look.ts';
import type { Figure } from './figure.ts';
import type { FigureProvenance } from './provenance.ts';
import { fitText, measureText, setText, wrapText, type TextLook } from './set-text.ts';
import { element } from './svg-element.ts';
import { linesBlock } from './text-block.ts';

/** A map with what is said below it. */
export interface VariantMap {
  readonly drawing: Drawing;
  readonly notes: readonly string[];
}

/** A picture, unchanged or changed, and the maps of it. */
export interface VariantColumn {
  readonly title: string;
  /** Parameters, below the title. */
  readonly note: string;
  /** The class explained. */
  readonly className: string;
  /** What the model says of it. */
  readonly prediction: string;
  /** Undefined where the picture cannot be changed so. */
  readonly input: Drawing | undefined;
  /** In the order of the block's rows. */
  readonly maps: readonly (VariantMap | undefined)[];
}

/** One model. */
export interface VariantBlock {
  readonly heading: string;
  readonly columns: readonly VariantColumn[];
  /** Names of the rows of maps: composites. */
  readonly rows: readonly string[];
}

/** What becomes of prediction and map when a picture is changed: a column for each variant, a block for each model. */
export interface VariantSheet {
  readonly title: string;
  readonly subtitle: string;
  readonly blocks: readonly VariantBlock[];
  /** How to read it, in sentences. */
  readonly legend: string;
  readonly provenance: FigureProvenance;
  /** Default: dark. */
  readonly theme?: FigureThemeName;
}

const GAP = 8;
const BLOCK_GAP = 22;
/** Names of rows are whole where they can be. */
const [NARROWEST_LABEL, WIDEST_LABEL] = [118, 190];
const [NARROWEST_CELL, WIDEST_CELL] = [104, 176];
const USUAL_WIDTH = 1180;
const LINE = 15;
const TITLE_LINES = 2;

interface CellStyle {
  readonly width: number;
  /** Of the names of rows, with the gap behind them. */
  readonly labels: number;
  readonly look: FigureLook;
}

export function renderVariantSheet(sheet: VariantSheet): Figure {
  const look = createLook(sheet.theme ?? 'dark');
  const most = Math.max(1, ...sheet.blocks.map(({ columns }) => columns.length));
  const names = sheet.blocks.flatMap(({ rows }) => rows).map((name) => measureText(name, look.quiet) + GAP);
  const labels = Math.min(WIDEST_LABEL, Math.ceil(Math.max(NARROWEST_LABEL, ...names)));
  const even = Math.floor((USUAL_WIDTH - labels) / most) - GAP;
  const width = Math.min(WIDEST_CELL, Math.max(NARROWEST_CELL, even));
  const blocks = sheet.blocks.map((block) => modelBlock(block, { width, labels, look }));
  const full = Math.max(USUAL_WIDTH, ...blocks.map((block) => block.width));
  const legend = linesBlock(wrapText(sheet.legend, look.text, { maxWidth: full }), look.text);
  return frameFigure({ ...columnBlock([...blocks, legend], BLOCK_GAP), width: full }, sheet, look);
}

function modelBlock({ heading, columns, rows }: VariantBlock, style: CellStyle): Block {
  const { look } = style;
  const title: Block = { width: 0, height: 22, svg: setText(heading, look.heading, { x: 0, y: look.heading.size }) };
  const text = (lines: readonly string[], set: TextLook, count: number): Block =>
    textCell({ lines, set, count }, style);
  const rowsOfText = [
    rowOf('Variant', columns.map((column) => titleCell(column, style)), style), // prettier-ignore
    rowOf('Class', columns.map(({ className }) => text([className], look.text, 1)), style), // prettier-ignore
    rowOf('Prediction', columns.map(({ prediction }) => text([prediction], look.text, 1)), style), // prettier-ignore
  ];
  const inputs = columns.map(({ input }) => pictureCell(input && { drawing: input, notes: [] }, 0, style));
  const maps = rows.map((name, at) => {
    const lines = Math.max(0, ...columns.map(({ maps: own }) => own[at]?.notes.length ?? 0));
    return rowOf(name, columns.map(({ maps: own }) => pictureCell(own[at], lines, style)), style); // prettier-ignore
  });
  return columnBlock([title, ...rowsOfText, rowOf('Input', inputs, style), ...maps], 4);
}

function rowOf(label: string, cells: readonly Block[], { labels, look }: CellStyle): Block {
  const lines = wrapText(label, look.quiet, { maxWidth: labels - GAP, maxLines: 3 });
  const svg = lines.map((line, at) => setText(line, look.quiet, { x: 0, y: look.quiet.size + at * LINE })).join('');
  return rowBlock([{ width: labels - GAP, height: 0, svg }, ...cells], GAP);
}

interface TextLines {
  readonly lines: readonly string[];
  readonly set: TextLook;
  /** Room for so many. */
  readonly count: number;
}

function textCell({ lines, set, count }: TextLines, { width }: CellStyle): Block {
  const svg = lines.map((line, at) => setText(fitText(line, set, width), set, { x: 0, y: set.size + at * LINE }));
  return { width, height: count * LINE, svg: svg.join('') };
}

function titleCell({ title, note }: VariantColumn, style: CellStyle): Block {
  const { look, width } = style;
  const lines = (text: string, set: TextLook): readonly string[] =>
    text === '' ? [] : wrapText(text, set, { maxWidth: width, maxLines: TITLE_LINES });
  const name = textCell({ lines: lines(title, look.strong), set: look.strong, count: TITLE_LINES }, style);
  return columnBlock(
    [name, textCell({ lines: lines(note, look.quiet), set: look.quiet, count: TITLE_LINES }, style)],
    0,
  );
}

function pictureCell(map: VariantMap | undefined, lines: number, style: CellStyle): Block {
  const { width, look } = style;
  if (!map) return textCell({ lines: ['\u2013'], set: look.quiet, count: lines + 1 }, style);
  const { drawing, notes } = map;
  const height = (width * drawing.height) / drawing.width;
  const image = element('image', {
    ...{ x: 0, y: 0, width, height, preserveAspectRatio: 'none' },
    href: `data:image/png;base64,${drawing.png.toString('base64')}`,
  });
  const texts = textCell({ lines: notes, set: look.quiet, count: lines }, style);
  return columnBlock([{ width, height, svg: image }, texts], 2);
}
