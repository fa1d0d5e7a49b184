import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fontFamily, fontFiles } from './fonts.ts';
import type { FontWeight } from './fonts.ts';
import { fitText, measureText, setText, wrapText } from './set-text.ts';
import { escapeXml } from './svg-element.ts';

const look = { size: 12, color: '#000000' };

/** What the renderer makes of a text: the width it adds between two letters. */
function renderedWidth(text: string, weight: FontWeight): number {
  const widthOf = (inside: string): number => {
    const attributes = `x="100" y="900" font-size="1000" font-weight="${weight}" font-family="${fontFamily}"`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="1200"><text style="font-kerning:none" ${attributes}>H${escapeXml(inside)}H</text></svg>`;
    const drawn = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: Object.values(fontFiles) } });
    return drawn.innerBBox()?.width ?? NaN;
  };
  return widthOf(text) - widthOf('');
}

describe('measureText', () => {
  it.each([
    'Non-COVID',
    'AVATAR To We Ya',
    '0.996 (0.990\u20131.000)',
    '1 \u2212 x \u00b7 <b>&"',
    'L\u00e4sion \u0394\u03b5 \u00b5',
  ])('is the width that "%s" is drawn with', (text) => {
    for (const weight of ['normal', 'bold'] as const) {
      expect(measureText(text, { size: 1000, weight })).toBeCloseTo(renderedWidth(text, weight), -1);
    }
  });

  it('is no less than what a ligature takes', () => {
    for (const weight of ['normal', 'bold'] as const) {
      const surplus = measureText('specificity', { size: 1000, weight }) - renderedWidth('specificity', weight);
      expect(surplus).toBeGreaterThan(-5);
      expect(surplus).toBeLessThan(50);
    }
  });

  it('scales with size and gives unknown characters an em', () => {
    expect(measureText('abc', { size: 24 })).toBeCloseTo(2 * measureText('abc', { size: 12 }), 9);
    expect(measureText('\u80ba', { size: 10 })).toBe(10);
  });
});

const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 8 });
const sentences = words.map((parts) => parts.join(' '));
const isShort = (line: string): boolean => Array.from(line).length <= 1;

describe('fitText', () => {
  it('never exceeds the width, and keeps what fits', () => {
    fc.assert(
      fc.property(sentences, fc.integer({ min: 20, max: 300 }), (text, maxWidth) => {
        const fitted = fitText(text, look, maxWidth);
        expect(measureText(fitted, look)).toBeLessThanOrEqual(maxWidth);
        if (fitted.endsWith('\u2026')) return;
        expect(measureText(text, look)).toBeLessThanOrEqual(maxWidth);
      }),
    );
  });
});

describe('wrapText', () => {
  it('breaks into lines that fit and loses nothing but spaces', () => {
    fc.assert(
      fc.property(sentences, fc.integer({ min: 20, max: 300 }), (text, maxWidth) => {
        const lines = wrapText(text, look, { maxWidth });
        for (const line of lines) expect(isShort(line) || measureText(line, look) <= maxWidth).toBe(true);
        const bare = (value: string): string => escapeXml(value).replace(/ /g, '');
        expect(bare(lines.join(''))).toBe(bare(text));
      }),
    );
  });

  it('cuts what goes beyond the lines allowed', () => {
    fc.assert(
      fc.property(sentences, fc.integer({ min: 1, max: 3 }), (text, maxLines) => {
        const lines = wrapText(text, look, { maxWidth: 60, maxLines });
        expect(lines.length).toBeLessThanOrEqual(maxLines);
        for (const line of lines) expect(isShort(line) || measureText(line, look) <= 60).toBe(true);
      }),
    );
  });

  it('breaks at spaces, then behind hyphens and slashes, then within words', () => {
    const narrow = { maxWidth: measureText('pneumonia-', look) };
    expect(wrapText('viral pneumonia', look, narrow)).toEqual(['viral', 'pneumonia']);
    expect(wrapText('pneumonia-positive', look, narrow)).toEqual(['pneumonia-', 'positive']);
    expect(wrapText('pneumoniapositive', look, narrow).join('')).toBe('pneumoniapositive');
  });
});

describe('setText', () => {
  it('escapes markup and replaces what XML forbids', () => {
    expect(setText('<b>&"\u0000\ud800', look, { x: 1, y: 2 })).toBe(
      '<text x="1" y="2" font-size="12" fill="#000000">&lt;b&gt;&amp;&quot;\ufffd\ufffd</text>',
    );
  });
});
