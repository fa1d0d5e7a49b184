import { describe, expect, it } from 'vitest';
import type { Picture } from '#core/imaging/index.ts';
import { isInside, overlaps, readSvg } from './read-svg.ts';
import { renderReferenceSheet, type ReferenceCell, type ReferenceRow, type ReferenceSheet } from './reference-sheet.ts';

const draw = (width: number, height: number): Picture => ({
  ...{ width, height, channels: 1, depth: 8, format: 'png', sha256: '', warnings: [] },
  samples: Uint8Array.from({ length: width * height }, (_, at) => (at * 7) % 251),
});

const cell = (change: Partial<ReferenceCell> = {}): ReferenceCell => ({
  ...{ whole: draw(100, 80), part: draw(30, 40), box: { left: 20, top: 10, width: 50, height: 60 } },
  caption: ['COVID-19', '2.6% of the layer'],
  ...change,
});
const row = (change: Partial<ReferenceRow> = {}): ReferenceRow => ({
  ...{ heading: 'layer4 \u00b7 channel 1', notes: ['Mean 1%'], cells: [cell(), cell({ mark: 'logit \u22121.2' })] },
  ...change,
});
const sheetOf = (rows: readonly ReferenceRow[]): ReferenceSheet => ({
  ...{ title: 'Reference samples', subtitle: 'RelMax', rows, legend: ['How to read it.'] },
  provenance: { dataset: 'lungs', version: '1.2.3', created: '2026-11-27' },
});

describe('a reference sheet', async () => {
  const inset = { picture: draw(20, 20), lines: ['Where it fires.'] };
  const nine = Array.from({ length: 9 }, () => cell());
  const figure = await renderReferenceSheet(sheetOf([row(), row({ cells: nine, inset }), row({ cells: [] })]));
  const { images, texts } = readSvg(figure.svg);

  it('shows every sample twice, whole and in part, and the inset', () => {
    expect(images).toHaveLength(2 * 11 + 1);
    const said = texts.map(({ text }) => text);
    expect(said.filter((text) => text === 'COVID-19')).toHaveLength(11);
    for (const text of [
      'layer4 \u00b7 channel 1',
      'Mean 1%',
      'logit \u22121.2',
      'No sample shows it.',
      'How to read it.',
    ])
      expect(said).toContain(text);
  });

  it('keeps pictures and texts apart and inside', () => {
    const page = { left: 0, top: 0, right: figure.width, bottom: figure.height };
    const boxes = [...texts, ...images];
    expect(boxes.every((box) => isInside(box, page))).toBe(true);
    expect(boxes.filter((a, index) => boxes.slice(index + 1).some((b) => overlaps(a, b)))).toEqual([]);
  });

  it('frames the part within the whole picture, and sets a marked sample apart', () => {
    const side = 148;
    const frame = new RegExp(`<rect[^>]*width="${String(50 * 1.48)}" height="${String(60 * 1.48)}"`, 'g');
    expect(figure.svg.match(frame)).toHaveLength(11);
    expect(Math.max(...images.map(({ left, right }) => right - left))).toBe(side);
    const red = '#d0402f';
    // Two frames and the words.
    expect(figure.svg.split(red)).toHaveLength(1 + 3);
  });

  it('is the same every time', async () => {
    expect(await renderReferenceSheet(sheetOf([row()]))).toEqual(await renderReferenceSheet(sheetOf([row()])));
  });

  it.each([
    ['no sample', [row({ cells: [] })]],
    ['too many', [row({ cells: new Array<ReferenceCell>(801).fill(cell()) })]],
  ])('is refused with %s', async (_, rows) => {
    await expect(renderReferenceSheet(sheetOf(rows))).rejects.toMatchObject({ code: 'request/invalid' });
  });
});
