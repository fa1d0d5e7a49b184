import { columnBlock, spreadBlock, textBlock } from './figure-blocks.ts';
import type { Block } from './figure-blocks.ts';
import { figureTheme } from './figure-theme.ts';

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
}

const titleLook = { size: figureTheme.titleSize, color: figureTheme.title, weight: 1.35 };
const textLook = { size: figureTheme.textSize, color: figureTheme.text };
const quietLook = { size: figureTheme.smallSize, color: figureTheme.quiet };
const SHARE_OF_COMPOSITE = 0.45;

/** Lines above the pictures; an empty block when there is nothing to say. */
export function headerBlock(caption: FigureCaption, width: number): Block {
  const { title, target, composite = '', pictureName = '' } = caption;
  const name = textBlock(pictureName, quietLook, width * SHARE_OF_COMPOSITE);
  const rule = textBlock(composite, textLook, width * SHARE_OF_COMPOSITE);
  const lines: Block[] = [];
  if (title !== undefined || pictureName !== '') {
    lines.push(spreadBlock(textBlock(title ?? '', titleLook, width - name.width - figureTheme.gap), name, width));
  }
  if (target !== undefined || composite !== '') {
    const text = target === undefined ? '' : describeTarget(target);
    lines.push(spreadBlock(textBlock(text, textLook, width - rule.width - figureTheme.gap), rule, width));
  }
  return columnBlock(lines, 4);
}

/** The line below the pictures: how to read the colors. */
export function footerBlock(sentence: string, width: number): Block {
  return textBlock(sentence, quietLook, width);
}

/** A small heading over one panel. */
export const panelHeading = (text: string, width: number): Block =>
  textBlock(text, { ...textLook, size: figureTheme.smallSize }, width);

/** `Normal    p 0.93    logit 2.41` */
export function describeTarget({ label, probability, logit }: CaptionTarget): string {
  const parts = [label];
  if (probability !== undefined) parts.push(`p ${formatProbability(probability)}`);
  if (logit !== undefined) parts.push(`logit ${logit.toFixed(2).replace('-', '\u2212')}`);
  return parts.join('    ');
}

/** Two decimals, four near the ends; what rounds to certainty is not shown as certain. */
function formatProbability(probability: number): string {
  if (probability > 0.9999 && probability < 1) return '> 0.9999';
  if (probability < 0.0001 && probability > 0) return '< 0.0001';
  const isNearEnd = probability !== 0 && probability !== 1 && (probability > 0.995 || probability < 0.005);
  return probability.toFixed(isNearEnd ? 4 : 2);
}
