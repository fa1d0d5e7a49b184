import { describe, expect, it } from 'vitest';
import { createCanvas } from './canvas.ts';
import { drawText, fitText, wrapText, measureText } from './draw-text.ts';
import { findGlyph } from './glyphs.ts';

const drawn = (text: string): Uint8Array => {
  const canvas = createCanvas(60, 40, [0, 0, 0]);
  drawText(canvas, text, { left: 10, top: 10, size: 14, color: [255, 255, 255] });
  return canvas.rgb;
};
const inkOf = (text: string): number => drawn(text).reduce((sum, byte) => sum + byte, 0);
const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));

describe('the stroke font', () => {
  it.each(printable)("has '%s'", (letter) => {
    expect(findGlyph(letter)).toBeDefined();
    if (letter !== ' ') expect(inkOf(letter)).toBeGreaterThan(0);
  });

  it('tells all its letters apart', () => {
    const letters = [...printable, ...Array.from('αβγεμσß\u2212\u00b1\u00d7\u2026\u00b0\u2192\u00b2')];
    expect(new Set(letters.map((letter) => drawn(letter).join())).size).toBe(letters.length);
  });

  it('sets accents on letters, however they are encoded', () => {
    expect(drawn('Ä')).toEqual(drawn('A\u0308'));
    expect(inkOf('Ä')).toBeGreaterThan(inkOf('A'));
    expect(measureText('äöüéñç', 10)).toBe(measureText('aouenc', 10));
  });

  it('shows a box for what it does not have', () => {
    expect(findGlyph('Ω')).toBeUndefined();
    expect(findGlyph('constructor')).toBeUndefined();
    expect(drawn('Ω')).toEqual(drawn('ж'));
    expect(inkOf('Ω')).toBeGreaterThan(0);
  });

  it('gives all digits the same room', () => {
    expect(new Set(Array.from('0123456789', (digit) => measureText(digit, 10))).size).toBe(1);
  });

  it('draws nothing outside the canvas', () => {
    const canvas = createCanvas(8, 8, [0, 0, 0]);
    drawText(canvas, 'W', { left: -4, top: -4, size: 40, color: [255, 255, 255] });
    drawText(canvas, 'W', { left: 900, top: -900, size: 10, color: [255, 255, 255] });
    expect(canvas.rgb).toHaveLength(8 * 8 * 3);
  });
});

describe('fitText', () => {
  it('keeps what fits and cuts what does not', () => {
    const width = measureText('EpsilonPlusFlat', 10);
    expect(fitText('EpsilonPlusFlat', 10, width)).toBe('EpsilonPlusFlat');
    const cut = fitText('EpsilonPlusFlat', 10, width - 1);
    expect(cut).toMatch(/^Epsilon.*\u2026$/);
    expect(measureText(cut, 10)).toBeLessThanOrEqual(width - 1);
    expect(fitText('abc', 10, 0)).toBe('\u2026');
  });
});

describe('wrapText', () => {
  it('breaks between words so that lines fit, and loses none', () => {
    const text = 'Colors are scaled to this picture: they show where the evidence lies';
    const lines = wrapText(text, 10, 160);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) expect(measureText(line, 10)).toBeLessThanOrEqual(160);
  });

  it('keeps a word that is wider than the line, and makes nothing of nothing', () => {
    expect(wrapText('a Bronchiektasenausbildung b', 10, 40)).toEqual(['a', 'Bronchiektasenausbildung', 'b']);
    expect(wrapText('  ', 10, 40)).toEqual([]);
  });
});
