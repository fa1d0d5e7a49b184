import { formatRelevance } from '#shared/format-relevance.ts';
import type { ValueRange } from '#shared/render-heatmap.ts';
import { fillRectangle } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { drawText, measureText } from './draw-text.ts';
import { pixelBlock } from './figure-blocks.ts';
import type { Block } from './figure-blocks.ts';
import { figureTheme } from './figure-theme.ts';
import { coverGrey } from './overlay.ts';
import type { ScaledStyle } from './overlay.ts';

const BAR_THICKNESS = 14;
const TICK_LENGTH = 4;
const TICK_GAP = 5;
const TOP_GREY = 0xff;

/** What a bar shows: a style with the values its ends stand for. `isOverlay` shows the colors as they lie over grey tissue. */
export interface BarScale {
  readonly style: ScaledStyle;
  readonly isOverlay: boolean;
}

/** A vertical bar with its numbers to the right: the high end on top, zero where it lies, the low end below. */
export function verticalBarBlock(scale: BarScale, height: number): Block {
  const { textSize, text } = figureTheme;
  const ticks = findTicks(scale.style.range);
  const labels = ticks.map(({ value, share }) => ({
    label: formatSigned(value, scale.style.range),
    top: (height - 1) * (1 - share),
  }));
  const labelWidth = Math.max(...labels.map(({ label }) => measureText(label, textSize)));
  const bar = pixelBlock(renderBar(scale, { length: height, isVertical: true }));
  return {
    width: BAR_THICKNESS + TICK_LENGTH + TICK_GAP + Math.ceil(labelWidth),
    height,
    draw: (canvas, { left, top }) => {
      bar.draw(canvas, { left, top });
      for (const { label, top: offset } of labels) {
        const y = top + Math.round(offset);
        const tick = { left: left + BAR_THICKNESS + 2, top: y, width: TICK_LENGTH, height: 1 };
        fillRectangle(canvas, tick, figureTheme.quiet);
        const textTop = Math.min(top + height - textSize, Math.max(top, y - textSize / 2));
        drawText(canvas, label, {
          left: tick.left + TICK_LENGTH + TICK_GAP,
          top: textTop,
          size: textSize,
          color: text,
        });
      }
    },
  };
}

/** A flat bar with its numbers below: low at the left, zero where it lies, high at the right. */
export function horizontalBarBlock(scale: BarScale, width: number): Block {
  const { smallSize, text } = figureTheme;
  const bar = pixelBlock(renderBar(scale, { length: width, isVertical: false }));
  return {
    width,
    height: bar.height + TICK_LENGTH + TICK_GAP + smallSize,
    draw: (canvas, { left, top }) => {
      bar.draw(canvas, { left, top });
      for (const { value, share } of findTicks(scale.style.range)) {
        const x = left + Math.round((width - 1) * share);
        fillRectangle(canvas, { left: x, top: top + bar.height + 2, width: 1, height: TICK_LENGTH }, figureTheme.quiet);
        const label = formatSigned(value, scale.style.range);
        const labelWidth = measureText(label, smallSize);
        const labelLeft = Math.min(left + width - labelWidth, Math.max(left, x - labelWidth / 2));
        const labelTop = top + bar.height + TICK_LENGTH + TICK_GAP;
        drawText(canvas, label, { left: labelLeft, top: labelTop, size: smallSize, color: text });
      }
    },
  };
}

interface Tick {
  readonly value: number;
  /** 0 at the low end, 1 at the high end. */
  readonly share: number;
}

function findTicks([low, high]: ValueRange): Tick[] {
  if (low === high) return [{ value: low, share: 0.5 }];
  const ends = [
    { value: high, share: 1 },
    { value: low, share: 0 },
  ];
  const zero = -low / (high - low);
  const isInside = zero > 0.08 && zero < 0.92;
  return isInside ? [...ends, { value: 0, share: zero }] : ends;
}

const formatSigned = (value: number, [low]: ValueRange): string =>
  low < 0 && value > 0 ? `+${formatRelevance(value)}` : formatRelevance(value);

function renderBar({ style, isOverlay }: BarScale, shape: { length: number; isVertical: boolean }): Canvas {
  const { range } = style;
  const { length, isVertical } = shape;
  const [width, height] = isVertical ? [BAR_THICKNESS, length] : [length, BAR_THICKNESS];
  const along = (pixel: number): number => (isVertical ? length - 1 - Math.trunc(pixel / width) : pixel % width);
  const step = (range[1] - range[0]) / Math.max(1, length - 1);
  const values = new Float32Array(width * height).map((_, pixel) => range[0] + along(pixel) * step);
  const level = isOverlay ? figureTheme.tissue[0] : TOP_GREY;
  const grey = { width, height, channels: 1, samples: new Uint8Array(width * height).fill(level) };
  return coverGrey(grey, values, { ...style, opacity: isOverlay ? (style.opacity ?? 'magnitude') : 1 });
}
