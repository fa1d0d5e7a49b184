import { createCanvas, fillRectangle, placeCanvas } from './canvas.ts';
import type { Canvas, Color, Point } from './canvas.ts';
import { drawText, fitText, measureText, wrapText } from './draw-text.ts';
import { figureTheme } from './figure-theme.ts';
import type { Size } from './resample.ts';

/** A part of a figure: it knows its size and draws itself at a place it is given. */
export interface Block extends Size {
  readonly draw: (canvas: Canvas, at: Point) => void;
}

export interface TextLook {
  readonly size: number;
  readonly color: Color;
  readonly weight?: number;
}

/** Room that a line of text takes below its capitals, for descenders and air, in parts of their height. */
const LINE_HEIGHT = 1.7;

/** One line of text, cut with an ellipsis where it is wider than `maxWidth`. */
export function textBlock(text: string, look: TextLook, maxWidth = Infinity): Block {
  const shown = fitText(text, look.size, maxWidth);
  return {
    width: Math.ceil(measureText(shown, look.size)),
    height: Math.ceil(look.size * LINE_HEIGHT),
    draw: (canvas, at) => {
      drawText(canvas, shown, { ...look, ...at });
    },
  };
}

/** Text broken into lines that fit a width. */
export function paragraphBlock(text: string, look: TextLook, width: number): Block {
  return columnBlock(
    wrapText(text, look.size, width).map((line) => textBlock(line, look, width)),
    0,
  );
}

/** Two texts on one line, one at each end. */
export function spreadBlock(left: Block, right: Block, width: number): Block {
  return {
    width,
    height: Math.max(left.height, right.height),
    draw: (canvas, at) => {
      left.draw(canvas, at);
      right.draw(canvas, { left: at.left + width - right.width, top: at.top });
    },
  };
}

/** Pixels in a thin frame; the frame lies outside them. */
export function pixelBlock(pixels: Canvas): Block {
  const { width, height } = pixels;
  return {
    width,
    height,
    draw: (canvas, { left, top }) => {
      const frame = { left: left - 1, top: top - 1, width: width + 2, height: height + 2 };
      fillRectangle(canvas, frame, figureTheme.hairline);
      placeCanvas(canvas, pixels, { left, top });
    },
  };
}

export function columnBlock(blocks: readonly Block[], gap: number): Block {
  const heights = blocks.map(({ height }) => height);
  return {
    width: Math.max(0, ...blocks.map(({ width }) => width)),
    height: sumWithGaps(heights, gap),
    draw: (canvas, { left, top }) => {
      blocks.forEach((block, index) => {
        block.draw(canvas, { left, top: top + offsetOf(heights, index, gap) });
      });
    },
  };
}

export function rowBlock(blocks: readonly Block[], gap: number): Block {
  const widths = blocks.map(({ width }) => width);
  return {
    width: sumWithGaps(widths, gap),
    height: Math.max(0, ...blocks.map(({ height }) => height)),
    draw: (canvas, { left, top }) => {
      blocks.forEach((block, index) => {
        block.draw(canvas, { left: left + offsetOf(widths, index, gap), top });
      });
    },
  };
}

/** The whole figure: a block on the theme's ground with a margin about it. */
export function drawFigure(block: Block): Canvas {
  const { margin, ground } = figureTheme;
  const canvas = createCanvas(Math.ceil(block.width) + 2 * margin, Math.ceil(block.height) + 2 * margin, ground);
  block.draw(canvas, { left: margin, top: margin });
  return canvas;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const sumWithGaps = (lengths: readonly number[], gap: number): number =>
  sum(lengths) + gap * Math.max(0, lengths.length - 1);
const offsetOf = (lengths: readonly number[], index: number, gap: number): number =>
  sum(lengths.slice(0, index)) + gap * index;
