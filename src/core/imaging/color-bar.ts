import { formatRelevance } from '#shared/format-relevance.ts';
import type { ValueRange } from '#shared/render-heatmap.ts';
import { fillRectangle } from './canvas.ts';
import type { Canvas } from './canvas.ts';
import { drawText, measureText } from './draw-text.ts';
import { columnBlock, pixelBlock, textBlock } from './figure-blocks.ts';
import type { Block, TextLook } from './figure-blocks.ts';
import { figureTheme } from './figure-theme.ts';
import { coverGrey } from './overlay.ts';
import type { ScaledStyle } from './overlay.ts';
import { effectWords, fitEffects } from './relevance-words.ts';
import type { BarClass } from './relevance-words.ts';

const BAR_THICKNESS = 14;
const TICK_LENGTH = 4;
const TICK_GAP = 5;
const TOP_GREY = 0xff;
/** Words beside a standing bar are cut at this width. */
const WORDS_WIDTH = 150;
/** A standing bar must have room for three lines at each end and two in the middle. */
export const SHORTEST_STANDING_BAR = 180;

/** What a bar shows: a style with the values its ends stand for. `isOverlay` shows the colors as they lie over grey tissue. */
export interface BarScale {
  readonly style: ScaledStyle;
  readonly isOverlay: boolean;
  /** Says in words what the ends mean for this class. */
  readonly barClass?: BarClass | undefined;
}

const numberLook: TextLook = { size: figureTheme.smallSize, color: figureTheme.text };
const wordsLook: TextLook = { size: figureTheme.textSize, color: figureTheme.title };

/** A vertical bar with words and numbers to its right: the high end on top, zero where it lies, the low end below. */
export function verticalBarBlock(scale: BarScale, height: number): Block {
  const bar = pixelBlock(renderBar(scale, { length: height, isVertical: true }));
  const ticks = findTicks(scale.style.range);
  const labels = ticks.reduce<readonly SideLabel[]>((placed, tick) => {
    const fitting = wordings(tick, scale, height).find((label) => placed.every((other) => areApart(label, other)));
    return fitting ? [...placed, fitting] : placed;
  }, []);
  const textLeft = BAR_THICKNESS + 2 + TICK_LENGTH + TICK_GAP;
  return {
    width: textLeft + Math.max(...labels.map(({ block }) => block.width)),
    height,
    draw: (canvas, { left, top }) => {
      bar.draw(canvas, { left, top });
      for (const { share } of ticks) {
        const tickTop = top + Math.round((height - 1) * (1 - share));
        const tick = { left: left + BAR_THICKNESS + 2, top: tickTop, width: TICK_LENGTH, height: 1 };
        fillRectangle(canvas, tick, figureTheme.quiet);
      }
      for (const { block, top: offset } of labels) block.draw(canvas, { left: left + textLeft, top: top + offset });
    },
  };
}

interface SideLabel {
  readonly block: Block;
  /** Below the bar's upper end. */
  readonly top: number;
}

const areApart = (a: SideLabel, b: SideLabel): boolean =>
  a.top >= b.top + b.block.height || b.top >= a.top + a.block.height;

/** A tick's lines beside the bar, within its height: number and words, or the number alone where those have no room. */
function wordings({ value, share }: Tick, { style, barClass }: BarScale, height: number): readonly SideLabel[] {
  const number = textBlock(formatSigned(value, style.range), numberLook);
  const words = barClass ? wordLines(barClass, value) : [];
  const isLowEnd = share === 0;
  return [words, []].map((lines) => {
    const block = columnBlock(isLowEnd ? [...lines, number] : [number, ...lines], 0);
    const tickTop = Math.round((height - 1) * (1 - share));
    const wanted = tickTop - numberLook.size / 2 - (isLowEnd ? block.height - number.height : 0);
    const lowest = height - block.height + number.height - numberLook.size;
    return { block, top: Math.min(lowest, Math.max(0, wanted)) };
  });
}

function wordLines(barClass: BarClass, value: number): Block[] {
  const words = textBlock(effectWords(barClass, value), value === 0 ? numberLook : wordsLook);
  return value === 0 ? [words] : [words, textBlock(barClass.label, wordsLook, WORDS_WIDTH)];
}

/** A flat bar with numbers and words below: low at the left, zero where it lies, high at the right. */
export function horizontalBarBlock(scale: BarScale, width: number): Block {
  const { style, barClass } = scale;
  const bar = pixelBlock(renderBar(scale, { length: width, isVertical: false }));
  const ticks = findTicks(style.range);
  const numbers = ticks.map((tick) => ({ tick, text: formatSigned(tick.value, style.range), look: numberLook }));
  const ends = ticks.filter(({ share }) => share === 0 || share === 1);
  const room = { size: wordsLook.size, width: width / 2 - TICK_GAP };
  const texts = barClass
    ? fitEffects(
        barClass,
        ends.map(({ value }) => value),
        room,
      )
    : [];
  const words = ends.map((tick, index) => ({ tick, text: texts[index] ?? '', look: wordsLook }));
  const rows = [keepApart(numbers, width), ...(texts.length > 0 ? [words] : [])];
  const rowHeight = wordsLook.size + 2 * TICK_GAP;
  return {
    width,
    height: bar.height + TICK_LENGTH + TICK_GAP + rows.length * rowHeight - TICK_GAP,
    draw: (canvas, { left, top }) => {
      bar.draw(canvas, { left, top });
      for (const { share } of ticks) {
        const tick = { left: left + tickLeft(share, width), top: top + bar.height + 2, width: 1, height: TICK_LENGTH };
        fillRectangle(canvas, tick, figureTheme.quiet);
      }
      rows.forEach((row, index) => {
        const rowTop = top + bar.height + TICK_LENGTH + TICK_GAP + index * rowHeight;
        for (const label of row)
          drawText(canvas, label.text, { ...label.look, left: left + spanOf(label, width)[0], top: rowTop });
      });
    },
  };
}

interface RowLabel {
  readonly tick: Tick;
  readonly text: string;
  readonly look: TextLook;
}

/** Where a label lies under a flat bar: centred at its tick, but within the bar. */
function spanOf({ tick, text, look }: RowLabel, width: number): [left: number, right: number] {
  const length = measureText(text, look.size);
  const left = Math.min(width - length, Math.max(0, tickLeft(tick.share, width) - length / 2));
  return [left, left + length];
}

const tickLeft = (share: number, width: number): number => Math.round((width - 1) * share);

/** Leaves out what would run into a label before it; the high end comes first, the middle last. */
function keepApart(labels: readonly RowLabel[], width: number): readonly RowLabel[] {
  const kept: RowLabel[] = [];
  for (const label of labels) {
    const [left, right] = spanOf(label, width);
    const isFree = kept.every((other) => {
      const [otherLeft, otherRight] = spanOf(other, width);
      return right + TICK_GAP < otherLeft || left > otherRight + TICK_GAP;
    });
    if (isFree) kept.push(label);
  }
  return kept;
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
  return zero > 0 && zero < 1 ? [...ends, { value: 0, share: zero }] : ends;
}

const formatSigned = (value: number, [low]: ValueRange): string =>
  low < 0 && value > 0 ? `+${formatRelevance(value)}` : formatRelevance(value);

/** The bar's colors alone, from the low end to the high end. */
export function renderBar({ style, isOverlay }: BarScale, shape: { length: number; isVertical: boolean }): Canvas {
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
