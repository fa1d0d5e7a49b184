import { figureTheme, writeDisplayPng } from '#core/imaging/index.ts';
import type { Picture, Region, Size } from '#core/imaging/index.ts';
import { columnBlock, placeBlock, rowBlock } from './block.ts';
import type { Block } from './block.ts';
import { frameFigure } from './figure-frame.ts';
import { createLook } from './figure-look.ts';
import type { FigureLook, FigureThemeName } from './figure-look.ts';
import type { Figure } from './figure.ts';
import type { FigureProvenance } from './provenance.ts';
import { fitText, setText, wrapText } from './set-text.ts';
import { element } from './svg-element.ts';
import { linesBlock } from './text-block.ts';
import { LightboxError } from '#shared/errors.ts';

/** A sample that shows a concept: the whole picture with the part the concept looks at framed, and that part. */
export interface ReferenceCell {
  readonly whole: Picture;
  /** The framed part, in pixels of `whole`. */
  readonly box: Region;
  readonly part: Picture;
  /** Lines below, the first in bold: class, score. Names of files or patients have no place here. */
  readonly caption: readonly string[];
  /** Why the sample is to be taken with care; it is set apart and stands below the caption. */
  readonly mark?: string | undefined;
}

export interface ReferenceRow {
  /** `layer4.2.conv3 · channel 17` */
  readonly heading: string;
  /** What is known of the concept, in lines. */
  readonly notes: readonly string[];
  readonly cells: readonly ReferenceCell[];
  /** A picture below the samples, with sentences beside it. */
  readonly inset?: { readonly picture: Picture; readonly lines: readonly string[] } | undefined;
}

export interface ReferenceSheet {
  readonly title: string;
  readonly subtitle: string;
  readonly rows: readonly ReferenceRow[];
  /** How to read the sheet, in sentences. */
  readonly legend: readonly string[];
  readonly provenance: FigureProvenance;
  /** Default: dark. */
  readonly theme?: FigureThemeName | undefined;
}

const COLUMNS = 8;
const SIDE = 148;
const GAP = 10;
const LINE = 1.35;
/** Pixels kept of a picture for each pixel of its cell. */
const KEPT_SCALE = 2;
const MOST_CELLS = 800;
const WIDTH = COLUMNS * (SIDE + GAP) - GAP;

/**
 * Concepts one below the other, each with the samples that show it best. Throws `request/invalid` on a sheet without samples or with
 * too many.
 */
export async function renderReferenceSheet(sheet: ReferenceSheet): Promise<Figure> {
  const count = sheet.rows.reduce((sum, { cells }) => sum + cells.length, 0);
  if (count === 0 || count > MOST_CELLS)
    throw new LightboxError(
      'request/invalid',
      `A reference sheet holds 1 to ${MOST_CELLS} samples, not ${count}; choose other concepts or fewer.`,
    );
  const look = createLook(sheet.theme ?? 'dark');
  const rows: Block[] = [];
  for (const row of sheet.rows) rows.push(await conceptBlock(row, look));
  const legend = sheet.legend.flatMap((sentence) => wrapText(sentence, look.quiet, { maxWidth: WIDTH }));
  const content = columnBlock([...rows, linesBlock(legend, look.quiet)], figureTheme.margin);
  return frameFigure({ ...content, width: WIDTH }, sheet, look);
}

async function conceptBlock({ heading, notes, cells, inset }: ReferenceRow, look: FigureLook): Promise<Block> {
  const lines = notes.flatMap((note) => wrapText(note, look.quiet, { maxWidth: WIDTH }));
  const texts = [
    linesBlock([fitText(heading, look.heading, WIDTH)], look.heading),
    linesBlock(lines, look.quiet),
  ].filter(({ height }) => height > 0);
  const pictures = await Promise.all(cells.map((cell) => cellBlock(cell, look)));
  const rows = Array.from({ length: Math.ceil(pictures.length / COLUMNS) }, (_, row) =>
    rowBlock(pictures.slice(row * COLUMNS, (row + 1) * COLUMNS), GAP),
  );
  const empty = linesBlock(['No sample shows it.'], look.quiet);
  const below = inset ? [await insetBlock(inset, look)] : [];
  return columnBlock([columnBlock(texts, 2), ...(rows.length > 0 ? rows : [empty]), ...below], GAP);
}

async function insetBlock({ picture, lines }: NonNullable<ReferenceRow['inset']>, look: FigureLook): Promise<Block> {
  const room = WIDTH - SIDE - 2 * GAP;
  const wrapped = lines.flatMap((line) => wrapText(line, look.text, { maxWidth: room }));
  return rowBlock([await pictureBlock(picture, look.hairline), linesBlock(wrapped, look.text)], 2 * GAP);
}

async function cellBlock({ whole, box, part, caption, mark }: ReferenceCell, look: FigureLook): Promise<Block> {
  const stroke = mark === undefined ? look.hairline : warningColor(look);
  const pictures = [await wholeBlock({ whole, box, stroke }, look), await pictureBlock(part, stroke)];
  const lines = caption.map((line, index) => ({ line, style: index === 0 ? look.strong : look.quiet }));
  const marked = mark === undefined ? [] : [{ line: mark, style: { ...look.quiet, color: warningColor(look) } }];
  let y = 0;
  const texts = [...lines, ...marked].map(({ line, style }) => {
    y += style.size * LINE;
    return setText(fitText(line, style, SIDE), style, { x: SIDE / 2, y, anchor: 'middle' });
  });
  const text = { width: SIDE, height: y + 4, svg: texts.join('') };
  return columnBlock([columnBlock(pictures, GAP / 2), text], 2);
}

async function wholeBlock(
  { whole, box, stroke }: Pick<ReferenceCell, 'whole' | 'box'> & { readonly stroke: string },
  look: FigureLook,
): Promise<Block> {
  const block = await pictureBlock(whole, stroke);
  const { left, top, scale } = fitIntoCell(whole);
  const frame = element('rect', {
    ...{ x: left + box.left * scale, y: top + box.top * scale, width: box.width * scale, height: box.height * scale },
    ...{ fill: 'none', stroke: look.series[1], 'stroke-width': 1.5 },
  });
  return { ...block, svg: block.svg + frame };
}

/** A picture in its own aspect in the middle of a square. */
async function pictureBlock(picture: Picture, stroke: string): Promise<Block> {
  const { left, top, width, height } = fitIntoCell(picture);
  const png = await writeDisplayPng(picture, { width: SIDE * KEPT_SCALE, height: SIDE * KEPT_SCALE });
  const href = `data:image/png;base64,${png.toString('base64')}`;
  const image = element('image', { x: left, y: top, width, height, preserveAspectRatio: 'none', href });
  // The frame lies outside the picture.
  const place = { x: left - 0.5, y: top - 0.5, width: width + 1, height: height + 1 };
  const frame = element('rect', { ...place, fill: 'none', stroke });
  return { width: SIDE, height: SIDE, svg: placeBlock({ width: SIDE, height: SIDE, svg: image + frame }, 0, 0) };
}

function fitIntoCell({ width, height }: Size): Region & { readonly scale: number } {
  const scale = SIDE / Math.max(width, height);
  const [shownWidth, shownHeight] = [Math.max(1, width * scale), Math.max(1, height * scale)];
  return {
    left: (SIDE - shownWidth) / 2,
    top: (SIDE - shownHeight) / 2,
    width: shownWidth,
    height: shownHeight,
    scale,
  };
}

const warningColor = ({ series }: FigureLook): string => series[4] ?? '';
