import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePicture, decodePictureBytes } from '#core/imaging/index.ts';
import type { Picture } from '#core/imaging/index.ts';
import { isInside, overlaps, readSvg } from './read-svg.ts';
import type { ReadFigure, ReadShape } from './read-svg.ts';
import { renderFigurePng } from './render-png.ts';
import { renderSampleSheet } from './sample-sheet.ts';
import type { SampleSheet, SheetSample } from './sheet.ts';

const provenance = { dataset: 'phantoms', version: '1.2.3', created: '2026-11-27' };

function drawPicture(width: number, height: number, form: Partial<Pick<Picture, 'channels' | 'depth'>> = {}): Picture {
  const { channels = 1, depth = 8 } = form;
  const length = width * height * channels;
  const samples = depth === 16 ? new Uint16Array(length) : new Uint8Array(length);
  samples.forEach((_, index) => (samples[index] = (index * 7) % 251));
  return { width, height, channels, depth, samples, format: 'png', sha256: '', warnings: [] };
}

const sample = (...form: Parameters<typeof drawPicture>): SheetSample => ({ picture: drawPicture(...form) });
const sheetOf = (sheet: Partial<SampleSheet>): SampleSheet => ({ classes: [], title: 'Samples', provenance, ...sheet });

const classes = [
  { label: 'COVID-19', count: 11_956, samples: [sample(64, 64), sample(64, 48), sample(48, 64)] },
  { label: 'Normal', count: 10_701, samples: [sample(640, 640, { channels: 3 }), sample(32, 32, { depth: 16 })] },
  { label: 'Non-COVID', count: 11_263, samples: [] },
];

const sizeOf = ({ left, right, top, bottom }: ReadShape): { width: number; height: number } => ({
  width: right - left,
  height: bottom - top,
});

const embedded = ({ attributes }: ReadShape): Promise<Picture> =>
  decodePictureBytes(Buffer.from((attributes['href'] ?? '').split(',')[1] ?? '', 'base64'), 'embedded');

const textsOf = ({ texts }: ReadFigure): string[] => texts.map(({ text }) => text);

describe('a sheet of three classes', async () => {
  const figure = await renderSampleSheet(sheetOf({ classes }));
  const read = readSvg(figure.svg);

  it('names classes with their counts and shares', () => {
    expect(textsOf(read)).toEqual([
      'Samples',
      '33,920 samples \u00b7 3 classes',
      'COVID-19',
      '11,956 samples, 35% of 33,920',
      'Normal',
      '10,701 samples, 32% of 33,920',
      'Non-COVID',
      '11,263 samples, 33% of 33,920',
      'No samples',
      'Dataset phantoms \u00b7 Relevance Lightbox 1.2.3 \u00b7 2026-11-27',
    ]);
  });

  it('keeps every aspect and fills equal cells', () => {
    const pictures = classes.flatMap(({ samples }) => samples.map(({ picture }) => picture));
    expect(read.images).toHaveLength(5);
    const sides = read.images.map((image, index) => {
      const { width, height } = sizeOf(image);
      const picture = pictures[index] ?? { width: NaN, height: NaN };
      expect(width / height).toBeCloseTo(picture.width / picture.height, 2);
      return Math.max(width, height);
    });
    expect(new Set(sides.map((side) => side.toFixed(1))).size).toBe(1);
  });

  it('embeds grey as grey, color as color, no larger than needed and never enlarged', async () => {
    const pictures = await Promise.all(read.images.map(embedded));
    const { width: cell } = sizeOf(read.images[0] ?? { left: 0, right: 0, top: 0, bottom: 0, attributes: {} });
    expect(pictures.map(({ channels }) => channels)).toEqual([1, 1, 1, 3, 1]);
    expect(pictures.map(({ width, height }) => [width, height])).toEqual([
      [64, 64],
      [64, 48],
      [48, 64],
      [2 * cell, 2 * cell],
      [32, 32],
    ]);
    expect(Buffer.from(pictures[1]?.samples ?? [])).toEqual(Buffer.from(classes[0]?.samples[1]?.picture.samples ?? []));
  });

  it('keeps pictures and texts apart and inside', () => {
    const page = { left: 0, top: 0, right: figure.width, bottom: figure.height };
    const boxes = [...read.texts, ...read.images];
    expect(boxes.every((box) => isInside(box, page))).toBe(true);
    expect(boxes.filter((a, index) => boxes.slice(index + 1).some((b) => overlaps(a, b)))).toEqual([]);
  });

  it('is the same every time, as PNG of the right size too', async () => {
    expect(await renderSampleSheet(sheetOf({ classes }))).toEqual(figure);
    const png = await decodePictureBytes(await renderFigurePng(figure, 2), 'sheet');
    expect([png.width, png.height]).toEqual([figure.width * 2, figure.height * 2]);
  });
});

describe('captions', () => {
  const captioned = (caption: string): SheetSample => ({ ...sample(20, 20), caption });

  it('stand below their picture and never leave the cell', async () => {
    const samples = [
      captioned('short'),
      captioned('a caption much too long for the width of one picture'),
      sample(9, 9),
    ];
    const { svg } = await renderSampleSheet(sheetOf({ classes: [{ label: 'a', count: 3, samples }], columns: 8 }));
    const { images, texts } = readSvg(svg);
    const captions = texts.filter(({ text }) => text === 'short' || text.startsWith('a caption'));
    expect(captions).toHaveLength(2);
    captions.forEach((caption, index) => {
      const image = images[index] ?? { left: 0, right: 0, bottom: 0 };
      expect(caption.top).toBeGreaterThanOrEqual(image.bottom);
      expect(caption.left).toBeGreaterThanOrEqual(image.left - 0.1);
      expect(caption.right).toBeLessThanOrEqual(image.right + 0.1);
    });
  });

  it('are shown only when given', async () => {
    const { svg } = await renderSampleSheet(sheetOf({ classes: [{ label: 'a', count: 1, samples: [sample(9, 9)] }] }));
    expect(textsOf(readSvg(svg))).toHaveLength(5);
  });
});

describe('rows', () => {
  it('break after the columns asked for', async () => {
    const samples = Array.from({ length: 7 }, () => sample(10, 10));
    const { svg } = await renderSampleSheet(sheetOf({ classes: [{ label: 'a', count: 7, samples }], columns: 3 }));
    const { images } = readSvg(svg);
    expect(new Set(images.map(({ top }) => top)).size).toBe(3);
    expect(new Set(images.map(({ left }) => left)).size).toBe(3);
  });

  it('have cells of the aspect most pictures have', async () => {
    const samples = [sample(40, 30), sample(40, 30), sample(40, 30), sample(1, 4000)];
    const { svg } = await renderSampleSheet(sheetOf({ classes: [{ label: 'a', count: 4, samples }] }));
    const [first, , , strip] = readSvg(svg).images.map(sizeOf);
    expect((first?.width ?? 0) / (first?.height ?? 1)).toBeCloseTo(4 / 3, 1);
    expect(strip?.width).toBe(1);
    expect(Math.abs((strip?.height ?? 0) - (first?.height ?? 0))).toBeLessThan(1);
  });
});

describe('refuses', () => {
  const some = [{ label: 'a', count: 1, samples: [sample(4, 4)] }];
  it.each([
    ['no class', sheetOf({})],
    ['no picture', sheetOf({ classes: [{ label: 'a', count: 3, samples: [] }] })],
    ['no column', sheetOf({ classes: some, columns: 0 })],
    ['half a column', sheetOf({ classes: some, columns: 1.5 })],
    ['many columns', sheetOf({ classes: some, columns: 17 })],
    ['many pictures', sheetOf({ classes: [{ label: 'a', count: 1, samples: Array(501).fill(some[0]?.samples[0]) as SheetSample[] }] })],
  ])('%s', async (_, sheet) => {
    await expect(renderSampleSheet(sheet)).rejects.toMatchObject({ code: 'request/invalid' });
  }); // prettier-ignore
});

const dermoscopy = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'dermoscopy', 'images');

describe.skipIf(!existsSync(dermoscopy))('dermoscopy pictures (skipped without ../shared/data/dermoscopy)', () => {
  it('are shown in color and in their own aspects', async () => {
    const files = readdirSync(dermoscopy).slice(0, 6);
    const pictures = await Promise.all(files.map((name) => decodePicture(join(dermoscopy, name))));
    const samples = pictures.map((picture) => ({ picture }));
    const { svg } = await renderSampleSheet(sheetOf({ classes: [{ label: 'lesions', count: 6, samples }] }));
    const images = readSvg(svg).images;
    expect((await Promise.all(images.map(embedded))).every(({ channels }) => channels === 3)).toBe(true);
    images.forEach((image, index) => {
      const { width, height } = sizeOf(image);
      const picture = pictures[index] ?? { width: NaN, height: NaN };
      expect(width / height).toBeCloseTo(picture.width / picture.height, 2);
    });
    expect(svg).not.toMatch(/ISIC/);
  });
});
