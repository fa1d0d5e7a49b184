import { fillRectangle } from './canvas.ts';
import { measureText } from './draw-text.ts';
import { columnBlock, paragraphBlock, rowBlock, spreadBlock, textBlock } from './figure-blocks.ts';
import type { Block } from './figure-blocks.ts';
import { figureTheme } from './figure-theme.ts';
import type { RelevanceEffect } from '#shared/relevance-words.ts';

/** What a figure says about itself. Every part is optional; a picture's name can identify a patient, so it is never implied. */
export interface FigureCaption {
  /** The model's title. */
  readonly title?: string;
  readonly target?: CaptionTarget;
  readonly composite?: string;
  /** Shown only when given. */
  readonly pictureName?: string;
}

export interface CaptionTarget {
  readonly label: string;
  /** 0 to 1. */
  readonly probability?: number;
  readonly logit?: number;
  /** What relevance says of the class. Default: evidence. */
  readonly effect?: RelevanceEffect;
  /** Whether the map shows relevance with its sign turned, so that above zero speaks for the class. */
  readonly turned?: boolean;
  /** The class the model decides for: this one or another. */
  readonly predicted?: { readonly label: string; readonly probability: number };
}

const titleLook = { size: figureTheme.textSize, color: figureTheme.text };
const classLook = { size: figureTheme.classSize, color: figureTheme.title, weight: 1.5 };
const answerLook = { size: figureTheme.textSize, color: figureTheme.title };
const quietLook = { size: figureTheme.smallSize, color: figureTheme.quiet };
const METER = { width: 120, height: 8 } as const;
const SHARE_OF_NAME = 0.45;

/** Lines above the pictures; an empty block when there is nothing to say. */
export function headerBlock(caption: FigureCaption, width: number): Block {
  const { title, target, pictureName = '' } = caption;
  const name = textBlock(pictureName, quietLook, width * SHARE_OF_NAME);
  const lines: Block[] = [];
  if (title !== undefined || pictureName !== '') {
    lines.push(spreadBlock(textBlock(title ?? '', titleLook, width - name.width - figureTheme.gap), name, width));
  }
  if (target) lines.push(...classBlocks(target, width));
  lines.push(...answerLines(caption, width));
  return columnBlock(lines, 6);
}

/** The explained class in large letters, its probability, and a meter that shows at a glance how much the model gives it. */
function classBlocks({ label, probability }: CaptionTarget, width: number): Block[] {
  const height = figureTheme.classSize + 8;
  if (probability === undefined) return [paragraphBlock(label, classLook, width)];
  const share = [textBlock(formatPercent(probability), classLook), meterBlock(probability)];
  const row = rowBlock([textBlock(label, classLook), ...share], figureTheme.gap);
  if (row.width <= width) return [{ ...row, height }];
  return [paragraphBlock(label, classLook, width), { ...rowBlock(share, figureTheme.gap), height }];
}

function meterBlock(share: number): Block {
  const { width, height } = METER;
  const top = Math.round((figureTheme.classSize - height) / 2);
  return {
    width,
    height: top + height,
    draw: (canvas, at) => {
      const track = { left: Math.round(at.left), top: Math.round(at.top) + top, width, height };
      fillRectangle(canvas, track, figureTheme.hairline);
      fillRectangle(canvas, { ...track, width: Math.round(width * Math.min(1, Math.max(0, share))) }, figureTheme.text);
    },
  };
}

/** Whether the model says so itself, and with what the map was made: on one line where both fit. */
function answerLines({ target, composite }: FigureCaption, width: number): Block[] {
  const technical = [...(target ? describeLogit(target) : []), ...(composite === undefined ? [] : [composite])].join(
    ' \u00b7 ',
  );
  const answer = target && describeAnswer(target);
  if (answer === undefined) return technical === '' ? [] : [textBlock(technical, quietLook, width)];
  const isOneLine =
    measureText(answer, answerLook.size) + figureTheme.gap + measureText(technical, quietLook.size) <= width;
  if (isOneLine) return [spreadBlock(textBlock(answer, answerLook), textBlock(technical, quietLook), width)];
  return [paragraphBlock(answer, answerLook, width), textBlock(technical, quietLook, width)];
}

/** `The model's answer.` or `Not the model's answer, which is Normal (90%).` */
export function describeAnswer({ label, predicted }: CaptionTarget): string | undefined {
  if (!predicted) return undefined;
  if (predicted.label === label) return "The model's answer.";
  return `Not the model's answer, which is ${predicted.label} (${formatPercent(predicted.probability)}).`;
}

function describeLogit({ logit, turned = false }: CaptionTarget): string[] {
  return logit === undefined ? [] : [`logit ${formatLogit(logit)}${turned ? ', sign turned' : ''}`];
}

/** Lines below the pictures: how to read the colors. */
export function footerBlock(sentences: readonly string[], width: number): Block {
  return paragraphBlock(sentences.join(' '), { size: figureTheme.smallSize, color: figureTheme.text }, width);
}

/** A small heading over one panel. */
export const panelHeading = (text: string, width: number): Block =>
  textBlock(text, { size: figureTheme.smallSize, color: figureTheme.text }, width);

/** Whole percent; what rounds to certainty is not shown as certain. */
export function formatPercent(probability: number): string {
  const percent = 100 * probability;
  if (percent > 0 && percent < 1) return '< 1%';
  if (percent < 100 && percent > 99) return '> 99%';
  return `${percent.toFixed(0)}%`;
}

const formatLogit = (logit: number): string => logit.toFixed(2).replace('-', '\u2212');
