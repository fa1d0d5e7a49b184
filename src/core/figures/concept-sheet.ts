import { columnBlock, rowBlock, type Block } from './block.ts';
import type { Drawing } from './drawing-cell.ts';
import { frameFigure } from './figure-frame.ts';
import { createLook, type FigureLook, type FigureThemeName } from './figure-look.ts';
import type { Figure } from './figure.ts';
import type { FigureProvenance } from './provenance.ts';
import { fitText, setText, wrapText } from './set-text.ts';
import { element } from './svg-element.ts';
import { linesBlock } from './text-block.ts';

export interface ConceptDrawing {
  readonly drawing: Drawing;
  readonly name: string;
  /** Below the name. */
  readonly note: string;
}

export interface ConceptSheetLayer {
  readonly name: string;
  readonly concepts: readonly ConceptDrawing[];
}

/** Which concepts of which layers carry an explanation, and where: from the layer nearest the picture to the deepest. */
export interface ConceptSheet {
  readonly title: string;
  readonly subtitle: string;
  /** The explanation under no condition. */
  readonly whole: Drawing;
  readonly layers: readonly ConceptSheetLayer[];
  /** A region marked on every picture, in shares of its width and height. */
  readonly box?: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** How to read the colors, in sentences. */
  readonly legend: string;
  readonly provenance: FigureProvenance;
  /** Default: dark. */
  readonly theme?: FigureThemeName;
}

const WIDTH = 844;
const GAP = 12;
const CELLS_IN_A_ROW = 5;
const LARGEST_CELL = 260;
const LINE = 15;

interface CellStyle {
  readonly width: number;
  readonly look: FigureLook;
  readonly box: ConceptSheet['box'];
}

/** One concept of each layer: cells one after another. Several: a row for each layer. */
export function renderConceptSheet(sheet: ConceptSheet): Figure {
  const look = createLook(sheet.theme ?? 'dark');
  const most = Math.max(1, ...sheet.layers.map(({ concepts }) => concepts.length));
  const columns = Math.min(CELLS_IN_A_ROW, most === 1 ? sheet.layers.length + 1 : most);
  const width = Math.min(LARGEST_CELL, Math.floor((WIDTH - GAP * (columns - 1)) / columns));
  const style = { width, look, box: sheet.box };
  const whole = cellBlock({ ...style, heading: 'All concepts together', lines: ['the usual heatmap'] }, sheet.whole);
  const rows = most === 1 ? oneEach(sheet, whole, style) : severalEach(sheet, whole, style);
  const legend = linesBlock(wrapText(sheet.legend, look.text, { maxWidth: WIDTH }), look.text);
  const content = { ...columnBlock([...rows, legend], GAP + 4), width: WIDTH };
  return frameFigure(content, sheet, look);
}

function oneEach({ layers }: ConceptSheet, whole: Block, style: CellStyle): readonly Block[] {
  const cells = layers.flatMap(({ name, concepts: [concept] }) =>
    concept ? [cellBlock({ ...style, heading: name, lines: [concept.name, concept.note] }, concept.drawing)] : [],
  );
  return inRows([whole, ...cells], Math.max(1, Math.floor((WIDTH + GAP) / (style.width + GAP))));
}

function severalEach({ layers }: ConceptSheet, whole: Block, style: CellStyle): readonly Block[] {
  const perRow = Math.max(1, Math.floor((WIDTH + GAP) / (style.width + GAP)));
  return [
    whole,
    ...layers.map(({ name, concepts }) => {
      const heading = setText(name, style.look.heading, { x: 0, y: style.look.heading.size });
      const cells = concepts.map((concept) =>
        cellBlock({ ...style, heading: concept.name, lines: [concept.note] }, concept.drawing),
      );
      return columnBlock([{ width: WIDTH, height: 22, svg: heading }, ...inRows(cells, perRow)], 4);
    }),
  ];
}

function inRows(cells: readonly Block[], perRow: number): readonly Block[] {
  return Array.from({ length: Math.ceil(cells.length / perRow) }, (_, row) =>
    rowBlock(cells.slice(row * perRow, (row + 1) * perRow), GAP),
  );
}

interface Cell extends CellStyle {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** A drawing with a heading above and lines of text below. */
function cellBlock({ width, look, box, heading, lines }: Cell, drawing: Drawing): Block {
  const height = (width * drawing.height) / drawing.width;
  const top = 18;
  const parts = [
    setText(fitText(heading, look.strong, width), look.strong, { x: 0, y: look.strong.size }),
    element('image', {
      ...{ x: 0, y: top, width, height, preserveAspectRatio: 'none' },
      href: `data:image/png;base64,${drawing.png.toString('base64')}`,
    }),
    box ? boxElement(box, { top, width, height }) : '',
    ...lines.map((line, i) =>
      setText(fitText(line, look.quiet, width), look.quiet, { x: 0, y: top + height + LINE * (i + 1) }),
    ),
  ];
  return { width, height: top + height + LINE * lines.length + 4, svg: parts.join('') };
}

/** Black below white, so that it shows on any ground. */
function boxElement(
  box: NonNullable<ConceptSheet['box']>,
  { top, width, height }: { top: number; width: number; height: number },
): string {
  const place = {
    x: box.left * width,
    y: top + box.top * height,
    width: box.width * width,
    height: box.height * height,
    fill: 'none',
  };
  return (
    element('rect', { ...place, stroke: '#000000', 'stroke-width': 3 }) +
    element('rect', { ...place, stroke: '#ffffff', 'stroke-width': 1 })
  );
}
