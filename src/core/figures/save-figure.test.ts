import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '#core/imaging/index.ts';
import { frameFigure } from './figure-frame.ts';
import { createLook } from './figure-look.ts';
import type { Figure } from './figure.ts';
import { linesBlock } from './text-block.ts';
import { unescape } from './read-svg.ts';
import { renderFigurePdf } from './render-pdf.ts';
import { renderFigurePng } from './render-png.ts';
import { saveFigure } from './save-figure.ts';

const look = createLook('print');
const provenance = { dataset: 'M\u00fcller & <S\u00f6hne>', version: '1.2.3', created: '2026-11-27' };
const figureOf = (text: string): Figure =>
  frameFigure({ ...linesBlock([text], look.text), width: 301 }, { title: 'Title', provenance }, look);
const figure = figureOf('words');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lightbox-save-figure-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('PNG', () => {
  it.each([1, 1.5, 2, 3])('at scale %s has that many pixels', async (scale) => {
    const path = join(folder, `scale-${scale}.png`);
    await saveFigure(path, figure, { scale });
    const picture = await decodePicture(path);
    expect(picture.width).toBe(Math.round(figure.width * scale));
    expect(Math.abs(picture.height - figure.height * scale)).toBeLessThanOrEqual(1);
  });

  it('has the ground in its corners and ink where the text is', async () => {
    const path = join(folder, 'ink.png');
    await saveFigure(path, figure, { scale: 1 });
    const { samples, width } = await decodePicture(path);
    expect([...samples.subarray(0, 3)]).toEqual([255, 255, 255]);
    const withoutText = figureOf('');
    expect(withoutText.width).toBe(width);
    expect(samples.filter((value) => value < 100).length).toBeGreaterThan(300);
  });

  it('carries title and provenance as text', async () => {
    const png = await renderFigurePng(figure);
    const start = png.indexOf('iTXtRelevance Lightbox');
    const length = png.readUInt32BE(start - 4);
    const text = png.subarray(start + 4 + 'Relevance Lightbox'.length + 5, start + 4 + length).toString('utf8');
    expect(JSON.parse(text)).toEqual({ format: 'relevance-lightbox/figure/1', title: 'Title', provenance });
  });

  it.each([0, -1, NaN, Infinity, 11])('refuses scale %s', async (scale) => {
    await expect(renderFigurePng(figure, scale)).rejects.toMatchObject({ code: 'request/invalid' });
  });

  it('refuses more than 100 megapixels', async () => {
    const large = { ...figure, width: 20_000, height: 20_000 };
    await expect(renderFigurePng(large)).rejects.toThrow(/too large/);
  });
});

describe('SVG', () => {
  it('is the document itself, with its provenance', async () => {
    const path = join(folder, 'a.svg');
    await saveFigure(path, figure);
    const text = await readFile(path, 'utf8');
    expect(text.replace(/\n<style>[^<]*<\/style>/, '')).toBe(figure.svg);
    expect(text.match(/@font-face\{font-family:"DejaVu Sans"/g)).toHaveLength(2);
    const record = /<metadata>(.*)<\/metadata>/.exec(text)?.[1] ?? '';
    expect(JSON.parse(unescape(record))).toEqual(JSON.parse(figure.record));
  });
});

describe('PDF', () => {
  const readInflated = (pdf: Buffer): string => {
    const streams = [...pdf.toString('latin1').matchAll(/stream\n([\s\S]*?)\nendstream/g)];
    return streams.map(([, body = '']) => inflateIfDeflated(Buffer.from(body, 'latin1'))).join('\n');
  };

  it('is one page of the figure’s size, with the product’s own fonts inside', async () => {
    const pdf = await renderFigurePdf(figure);
    const text = pdf.toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text.match(/\/Type \/Page\n/g)).toHaveLength(1);
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? [];
    expect([Number(width), Number(height)]).toEqual([figure.width * 0.75, figure.height * 0.75]);
    expect(text).toMatch(/\/FontName \/[A-Z]{6}\+DejaVuSans/);
    expect(text).toContain('/FontFile2');
    expect(text).not.toMatch(/\/BaseFont \/Helvetica/);
    // Text stays text: it is shown by fonts, not drawn as outlines.
    expect(readInflated(pdf)).toMatch(/ Tf\n/);
  });

  it('keeps the proportions at a width in millimetres', async () => {
    const text = (await renderFigurePdf(figure, { widthMm: 85 })).toString('latin1');
    const [, width = 0, height = 0] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? [];
    expect(Number(width)).toBeCloseTo((85 / 25.4) * 72, 3);
    expect(Number(height) / Number(width)).toBeCloseTo(figure.height / figure.width, 6);
  });

  it('carries title and provenance', async () => {
    const text = (await renderFigurePdf(figure)).toString('latin1');
    expect(readProperty(text, 'Title')).toBe('Title');
    expect(JSON.parse(readProperty(text, 'RelevanceLightbox'))).toEqual(JSON.parse(figure.record));
  });

  it('is the same for the same figure and time', async () => {
    const created = new Date('2026-11-27T10:00:00Z');
    expect(await renderFigurePdf(figure, { created })).toEqual(await renderFigurePdf(figure, { created }));
  });

  it.each([0, -1, NaN, 5001])('refuses a width of %s mm', async (widthMm) => {
    await expect(renderFigurePdf(figure, { widthMm })).rejects.toMatchObject({ code: 'request/invalid' });
  });
});

/** Properties are objects of their own, named by number. */
function readProperty(pdf: string, name: string): string {
  const [, place = ''] = new RegExp(`/${name} (\\d+) 0 R`).exec(pdf) ?? [];
  const [, escaped = ''] = new RegExp(`\n${place} 0 obj\n\\(([\\s\\S]*?)\\)\nendobj`).exec(pdf) ?? [];
  return readPdfString(escaped);
}

/** Text in a PDF is Latin-1, or UTF-16 behind a mark. */
function readPdfString(escaped: string): string {
  const bytes = Buffer.from(escaped.replace(/\\([()\\])/g, '$1'), 'latin1');
  return bytes[0] === 0xfe && bytes[1] === 0xff
    ? bytes.subarray(2).swap16().toString('utf16le')
    : bytes.toString('latin1');
}

function inflateIfDeflated(bytes: Buffer): string {
  try {
    return inflateSync(bytes).toString('latin1');
  } catch {
    return '';
  }
}

describe('saving', () => {
  it('chooses by extension, in any case of letters', async () => {
    await saveFigure(join(folder, 'b.PNG'), figure);
    await saveFigure(join(folder, 'b.Svg'), figure);
    expect((await readFile(join(folder, 'b.PNG'))).subarray(1, 4).toString()).toBe('PNG');
    expect((await readFile(join(folder, 'b.Svg'), 'utf8')).startsWith('<svg')).toBe(true);
  });

  it.each(['c.tiff', 'c', 'c.constructor', '.png'])('refuses %s and leaves nothing behind', async (name) => {
    const before = await readdir(folder);
    await expect(saveFigure(join(folder, name), figure)).rejects.toMatchObject({ code: 'request/invalid' });
    expect(await readdir(folder)).toEqual(before);
  });

  it('leaves the old file whole when it fails', async () => {
    const path = join(folder, 'd.png');
    await saveFigure(path, figure);
    const { mtimeMs } = await stat(path);
    await expect(saveFigure(path, figure, { scale: -1 })).rejects.toMatchObject({ code: 'request/invalid' });
    expect((await stat(path)).mtimeMs).toBe(mtimeMs);
    await expect(saveFigure(join(folder, 'no', 'd.png'), figure)).rejects.toMatchObject({
      code: 'output/not-writable',
    });
  });
});
