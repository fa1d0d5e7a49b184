import { blendPixel } from './canvas.ts';
import type { Canvas, Color, Point } from './canvas.ts';
import { accents, findGlyph, unknownGlyph } from './glyphs.ts';
import { readStrokes } from './strokes.ts';
import type { Segment } from './strokes.ts';

export interface TextStyle {
  /** Height of a capital in pixels. */
  readonly size: number;
  readonly color: Color;
  /** Stroke thickness in tenths of the capital's height. Default: 1.2. */
  readonly weight?: number;
}

const DEFAULT_WEIGHT = 1.2;
/** Room between the ink of two letters, in tenths of a capital's height. */
const TRACKING = 2.3;
const CAPITAL_RAISE = -2.6;

interface PlacedGlyph {
  readonly strokes: string;
  readonly offset: number;
  readonly raise: number;
}

/** Width of the ink in pixels. */
export function measureText(text: string, size: number): number {
  return (layOut(text).width * size) / 10;
}

/** The longest beginning of a text, with an ellipsis if cut, that fits a width in pixels. */
export function fitText(text: string, size: number, maxWidth: number): string {
  if (measureText(text, size) <= maxWidth) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && measureText(`${letters.join('')}\u2026`, size) > maxWidth) letters.pop();
  return `${letters.join('').trimEnd()}\u2026`;
}

/** A text in lines of at most a width in pixels, broken between words; a word that is wider stays whole on a line of its own. */
export function wrapText(text: string, size: number, maxWidth: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const longer = [...lines.slice(-1), word].join(' ');
    if (lines.length > 0 && measureText(longer, size) <= maxWidth) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Draws text with its capitals' top left corner at a point. */
export function drawText(canvas: Canvas, text: string, { left, top, ...style }: TextStyle & Point): void {
  const unit = style.size / 10;
  const radius = ((style.weight ?? DEFAULT_WEIGHT) * unit) / 2;
  for (const { strokes, offset, raise } of layOut(text).glyphs) {
    const segments = readStrokes(strokes).map(([x1, y1, x2, y2]): Segment => [
      left + (offset + x1) * unit,
      top + (raise + y1) * unit,
      left + (offset + x2) * unit,
      top + (raise + y2) * unit,
    ]);
    inkSegments(canvas, segments, { radius, color: style.color });
  }
}

function layOut(text: string): { glyphs: PlacedGlyph[]; width: number } {
  const glyphs: PlacedGlyph[] = [];
  let pen = 0;
  let previous = { center: 0, raise: 0 };
  for (const letter of text.normalize('NFD')) {
    const accent = accents[letter];
    if (accent !== undefined) {
      glyphs.push({ strokes: accent, offset: previous.center, raise: isBelow(letter) ? 0 : previous.raise });
      continue;
    }
    const [width, strokes] = findGlyph(letter) ?? unknownGlyph;
    glyphs.push({ strokes, offset: pen, raise: 0 });
    previous = { center: pen + width / 2, raise: /\p{Lu}/u.test(letter) ? CAPITAL_RAISE : 0 };
    pen += width + TRACKING;
  }
  return { glyphs, width: Math.max(0, pen - TRACKING) };
}

const isBelow = (accent: string): boolean => accent === '\u0327' || accent === '\u0328';

/** Covers each pixel by its distance to the nearest stroke: round ends, smooth edges, no double ink where strokes cross. */
function inkSegments(canvas: Canvas, segments: readonly Segment[], pen: { radius: number; color: Color }): void {
  const reach = pen.radius + 1;
  const [left, right] = extent(
    segments.flatMap(([x1, , x2]) => [x1, x2]),
    reach,
  );
  const [top, bottom] = extent(
    segments.flatMap(([, y1, , y2]) => [y1, y2]),
    reach,
  );
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const distance = Math.min(...segments.map((segment) => distanceTo(segment, x + 0.5, y + 0.5)));
      const opacity = Math.min(1, Math.max(0, pen.radius + 0.5 - distance));
      if (opacity > 0) blendPixel(canvas, { left: x, top: y }, { color: pen.color, opacity });
    }
  }
}

const extent = (values: readonly number[], reach: number): [number, number] => [
  Math.floor(Math.min(...values) - reach),
  Math.ceil(Math.max(...values) + reach),
];

function distanceTo([x1, y1, x2, y2]: Segment, x: number, y: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}
