import { getFontMetrics } from './fonts.ts';
import type { FontWeight } from './fonts.ts';
import { cleanText, element, escapeXml } from './svg-element.ts';

/** How a text looks. */
export interface TextLook {
  /** Pixels. */
  readonly size: number;
  /** `#rrggbb` */
  readonly color: string;
  readonly weight?: FontWeight;
}

export interface TextPlace {
  readonly x: number;
  /** Of the line the letters stand on. */
  readonly y: number;
  /** Which part of the text lies at x. Default: start. */
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Degrees, clockwise, about the place. */
  readonly turn?: number;
}

/** Height of capitals and depth of descenders, in parts of the size: DejaVu Sans. */
export const capitalHeight = 0.73;
export const descent = 0.24;

/** A character the font lacks is drawn as a box here and may be as wide as an em elsewhere. */
const WIDEST_ADVANCE = 1;

/** Width in pixels. Kerning is switched off in figures, so advances add up; a bold `fi` is drawn a hair narrower. */
export function measureText(text: string, { size, weight = 'normal' }: Omit<TextLook, 'color'>): number {
  const { advanceOf } = getFontMetrics(weight);
  let width = 0;
  for (const character of cleanText(text)) width += advanceOf(character.codePointAt(0) ?? 0) ?? WIDEST_ADVANCE;
  return width * size;
}

export function setText(text: string, look: TextLook, { x, y, anchor = 'start', turn }: TextPlace): string {
  const attributes = {
    x,
    y,
    'font-size': look.size,
    fill: look.color,
    'font-weight': look.weight === 'bold' ? 'bold' : undefined,
    'text-anchor': anchor === 'start' ? undefined : anchor,
    transform: turn === undefined ? undefined : `rotate(${turn} ${x} ${y})`,
  };
  return element('text', attributes, escapeXml(text));
}

/** The longest beginning of a text, with an ellipsis if cut, that fits a width. */
export function fitText(text: string, look: Omit<TextLook, 'color'>, maxWidth: number): string {
  const clean = cleanText(text);
  if (measureText(clean, look) <= maxWidth) return clean;
  const letters = Array.from(clean);
  const shorten = (): string => `${letters.join('').trimEnd()}\u2026`;
  while (letters.length > 0 && measureText(shorten(), look) > maxWidth) letters.pop();
  return shorten();
}

export interface Wrapping {
  readonly maxWidth: number;
  /** What does not fit into as many is cut. Default: any number. */
  readonly maxLines?: number;
}

/** A text in lines that fit a width, broken at spaces where there are any. */
export function wrapText(text: string, look: Omit<TextLook, 'color'>, wrapping: Wrapping): string[] {
  const { maxWidth, maxLines = Infinity } = wrapping;
  const lines: string[] = [];
  let rest = cleanText(text).trim();
  while (rest !== '' && lines.length < maxLines - 1 && measureText(rest, look) > maxWidth) {
    const length = findBreak(rest, look, maxWidth);
    lines.push(rest.slice(0, length).trimEnd());
    rest = rest.slice(length).trimStart();
  }
  return rest === '' && lines.length > 0 ? lines : [...lines, fitText(rest, look, maxWidth)];
}

/** Between the words of a name: `Epsilon|Plus`, `features.|17`. */
const isWordBreak = (text: string, at: number): boolean =>
  /^[a-z\d][A-Z][a-z]/.test(text.slice(at - 1, at + 2)) || /^[a-z]\.\w/.test(text.slice(at - 2, at + 1));

/** How many code units of the text fit, ending at a space, after a hyphen or slash, or between words of a name; else anywhere. */
function findBreak(text: string, look: Omit<TextLook, 'color'>, maxWidth: number): number {
  let [fitting, lastBreak] = [0, 0];
  for (const letter of text) {
    const end = fitting + letter.length;
    if (measureText(text.slice(0, end).trimEnd(), look) > maxWidth) break;
    fitting = end;
    if (/[\s\-/\u00b7]/.test(letter) || isWordBreak(text, end)) lastBreak = end;
  }
  return Math.max(1, lastBreak > 0 ? lastBreak : fitting);
}
