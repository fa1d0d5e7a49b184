import { columnBlock, type Block } from './block.ts';
import type { FigureLook } from './figure-look.ts';
import { fitText, setText, type TextLook } from './set-text.ts';
import { element } from './svg-element.ts';

/** A finished drawing to be set into a figure. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly png: Buffer;
}

export interface CellStyle {
  readonly width: number;
  readonly look: FigureLook;
}

/** Of lines of text below a picture, in parts of their size. */
export const LINE_HEIGHT = 1.36;

export const lineHeightOf = ({ size }: TextLook): number => Math.round(size * LINE_HEIGHT * 100) / 100;

interface TextLines {
  readonly lines: readonly string[];
  readonly set: TextLook;
  /** Room for so many. */
  readonly count: number;
}

export function textCell({ lines, set, count }: TextLines, { width }: Pick<CellStyle, 'width'>): Block {
  const height = lineHeightOf(set);
  const svg = lines.map((line, at) => setText(fitText(line, set, width), set, { x: 0, y: set.size + at * height }));
  return { width, height: count * height, svg: svg.join('') };
}

export function drawingBlock(drawing: Drawing, width: number): Block {
  const height = (width * drawing.height) / drawing.width;
  const href = `data:image/png;base64,${drawing.png.toString('base64')}`;
  const svg = element('image', { x: 0, y: 0, width, height, preserveAspectRatio: 'none', href });
  return { width, height, svg };
}

/** A drawing over its notes, with room for so many lines of them; a dash where there is none. */
export function drawingCell(
  map: { readonly drawing: Drawing; readonly notes: readonly string[] } | undefined,
  count: number,
  style: CellStyle,
): Block {
  const set = style.look.quiet;
  if (!map) return textCell({ lines: ['\u2013'], set, count: count + 1 }, style);
  const texts = textCell({ lines: map.notes, set, count }, style);
  return columnBlock([drawingBlock(map.drawing, style.width), texts], 2);
}
