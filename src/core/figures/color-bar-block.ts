import type { Block } from './block.ts';
import { drawingBlock, type Drawing } from './drawing-cell.ts';
import type { FigureLook } from './figure-look.ts';
import { placeBlock } from './block.ts';
import { setText } from './set-text.ts';
import { element } from './svg-element.ts';

/** What the colors of maps stand for: from the low end at the left to the high end. */
export interface SheetBar {
  readonly drawing: Drawing;
  readonly low: string;
  /** Left out where zero is an end. */
  readonly middle?: string | undefined;
  readonly high: string;
}

const WIDEST = 320;
const HEIGHT = 8;

/** The bar in the middle of a width, numbers below its ends. */
export function colorBarBlock({ drawing, low, middle, high }: SheetBar, look: FigureLook, width: number): Block {
  const length = Math.min(WIDEST, width * 0.8);
  const left = (width - length) / 2;
  const { svg } = drawingBlock({ ...drawing, width: length, height: HEIGHT }, length);
  const frame = element('rect', { x: left, y: 0, width: length, height: HEIGHT, fill: 'none', stroke: look.hairline });
  const y = HEIGHT + look.quiet.size + 2;
  const texts = [
    setText(low, look.quiet, { x: left, y }),
    middle === undefined ? '' : setText(middle, look.quiet, { x: width / 2, y, anchor: 'middle' }),
    setText(high, look.quiet, { x: left + length, y, anchor: 'end' }),
  ];
  const bar = placeBlock({ width: length, height: HEIGHT, svg }, left, 0);
  return { width, height: y + 4, svg: bar + frame + texts.join('') };
}
