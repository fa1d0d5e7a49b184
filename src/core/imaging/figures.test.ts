import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getColorMap } from '#shared/color-maps.ts';
import { LightboxError } from '#shared/errors.ts';
import { renderHeatmap } from '#shared/render-heatmap.ts';
import type { Canvas } from './canvas.ts';
import { renderContactSheet } from './contact-sheet.ts';
import { decodePicture } from './decode-picture.ts';
import { chooseDrawingSize } from './figure-panels.ts';
import { figureTheme } from './figure-theme.ts';
import { patternBytes } from './hand-made-pictures.ts';
import type { Heatmap } from './heatmap.ts';
import type { Picture } from './picture.ts';
import { renderComparison, renderHeatmapFigure, renderOverlayFigure } from './render-figures.ts';
import { saveComparison, saveContactSheet, saveHeatmapPng, saveOverlayPng } from './save-figures.ts';

const picture: Picture = {
  width: 40,
  height: 30,
  channels: 1,
  depth: 8,
  samples: patternBytes(1200).map((byte) => 40 + (byte >> 1)),
  format: 'png',
  sha256: '',
  warnings: [],
};

const heatmap: Heatmap = {
  width: 80,
  height: 60,
  values: Float32Array.from({ length: 4800 }, (_, i) => Math.sin(i / 90) * (i % 80)),
};
const zeros: Heatmap = { width: 80, height: 60, values: new Float32Array(4800) };

const pixelOf = ({ rgb, width }: Canvas, left: number, top: number): number[] => [
  ...rgb.subarray((top * width + left) * 3, (top * width + left) * 3 + 3),
];

describe('renderHeatmapFigure', () => {
  it('draws each value as a square of whole pixels in its exact color', () => {
    const canvas = renderHeatmapFigure({ heatmap, withColorBar: false });
    expect(canvas).toMatchObject({ width: 640, height: 480 });
    const { rgb } = renderHeatmap(heatmap.values, { colorMap: getColorMap('blue-orange') });
    for (const [column, row] of [
      [0, 0],
      [79, 59],
      [41, 7],
    ] as const) {
      const color = [...rgb.subarray((row * 80 + column) * 3, (row * 80 + column) * 3 + 3)];
      expect(pixelOf(canvas, column * 8, row * 8)).toEqual(color);
      expect(pixelOf(canvas, column * 8 + 7, row * 8 + 7)).toEqual(color);
    }
  });

  it('blends coarse maps unless told not to', () => {
    const coarse: Heatmap = { width: 2, height: 1, values: Float32Array.of(-1, 1) };
    const colorsOf = (smoothing: 'auto' | 'pixelated'): number => {
      const { rgb } = renderHeatmapFigure({ heatmap: coarse, withColorBar: false, style: { smoothing } });
      return new Set(Array.from({ length: rgb.length / 3 }, (_, at) => rgb.subarray(at * 3, at * 3 + 3).join())).size;
    };
    expect(colorsOf('pixelated')).toBe(2);
    expect(colorsOf('auto')).toBeGreaterThan(50);
  });

  it('adds a bar that runs from the high color at the top to the low one below', () => {
    const canvas = renderHeatmapFigure({ heatmap, style: { colorMap: getColorMap('bwr') } });
    const barLeft = figureTheme.margin + 640 + figureTheme.gap;
    expect(pixelOf(canvas, barLeft + 3, figureTheme.margin)).toEqual([255, 0, 0]);
    expect(pixelOf(canvas, barLeft + 3, figureTheme.margin + 479)).toEqual([0, 0, 255]);
    expect(pixelOf(canvas, canvas.width - 1, canvas.height - 1)).toEqual([...figureTheme.ground]);
  });

  it('shows a map of zeros and tiny or one-value maps', () => {
    expect(pixelOf(renderHeatmapFigure({ heatmap: zeros, withColorBar: false }), 5, 5)).toEqual([243, 243, 243]);
    const one: Heatmap = { width: 1, height: 1, values: Float32Array.of(1e-40) };
    expect(renderHeatmapFigure({ heatmap: one, style: { range: 'min-max' } }).height).toBeGreaterThan(448);
  });

  it.each([
    ['NaN', { width: 1, height: 2, values: Float32Array.of(0, NaN) }],
    ['a wrong size', { width: 2, height: 2, values: new Float32Array(3) }],
    ['nothing', { width: 0, height: 0, values: new Float32Array(0) }],
  ])('refuses %s', (_, bad) => {
    expect(() => renderHeatmapFigure({ heatmap: bad })).toThrow(LightboxError);
    expect(() => renderOverlayFigure({ heatmap: bad, picture })).toThrow(LightboxError);
  });
});

describe('renderOverlayFigure', () => {
  const bare = { picture, withColorBar: false } as const;
  const greyOf = renderOverlayFigure({ ...bare, heatmap: zeros });

  it('keeps the aspect of the picture and leaves it grey where there is no relevance', () => {
    expect(greyOf).toMatchObject({ width: 800, height: 600 });
    const isGrey = Array.from({ length: greyOf.rgb.length / 3 }, (_, at) => at * 3).every(
      (at) => greyOf.rgb[at] === greyOf.rgb[at + 1] && greyOf.rgb[at] === greyOf.rgb[at + 2],
    );
    expect(isGrey).toBe(true);
  });

  it('covers most where relevance is strongest', () => {
    const values = new Float32Array(4800);
    values[0] = 1;
    values[79] = -0.25;
    const overlay = renderOverlayFigure({
      ...bare,
      heatmap: { ...zeros, values },
      style: { colorMap: getColorMap('bwr') },
    });
    const grey = pixelOf(greyOf, 2, 2)[0] ?? 0;
    expect(pixelOf(overlay, 2, 2)).toEqual([255, 0, 0].map((channel) => Math.round(grey + (channel - grey) * 0.95)));
    const [red = 0, , blue = 0] = pixelOf(overlay, 797, 2);
    expect(blue).toBeGreaterThan(red);
    expect(pixelOf(overlay, 400, 300)).toEqual(pixelOf(greyOf, 400, 300));
  });

  it('tints dark tissue with weak relevance instead of darkening it', () => {
    const lung = { ...picture, samples: new Uint8Array(1200).fill(60) };
    const values = new Float32Array(4800).map((_, at) => (at % 80 < 40 ? 0.2 : -0.2));
    values[0] = 1;
    const overlay = renderOverlayFigure({ picture: lung, withColorBar: false, heatmap: { ...zeros, values } });
    for (const [left, strongest] of [
      [100, 0],
      [700, 2],
    ] as const) {
      const [red = 0, green = 0, blue = 0] = pixelOf(overlay, left, 300);
      expect(0.2126 * red + 0.7152 * green + 0.0722 * blue).toBeGreaterThanOrEqual(60);
      expect(Math.max(red, green, blue)).toBe([red, green, blue][strongest]);
    }
  });

  it('covers alike at constant opacity', () => {
    const style = { colorMap: getColorMap('bwr'), opacity: 1 } as const;
    expect(pixelOf(renderOverlayFigure({ ...bare, heatmap: zeros, style }), 400, 300)).toEqual([253, 253, 255]);
    const half = pixelOf(renderOverlayFigure({ ...bare, heatmap: zeros, style: { ...style, opacity: 0.5 } }), 400, 300);
    const grey = pixelOf(greyOf, 400, 300)[0] ?? 0;
    expect(half[0]).toBe(Math.round((grey + 253) / 2));
  });

  it('lays the map on the part the model saw and dims the rest', () => {
    const region = { left: 10, top: 0, width: 30, height: 30 };
    const flat = { ...zeros, values: new Float32Array(4800).fill(1) };
    const overlay = renderOverlayFigure({ ...bare, heatmap: flat, region });
    const { width } = overlay;
    const edge = Math.round(width / 4);
    const [red = 0, green = 0, blue = 0] = pixelOf(overlay, edge + 1, 100);
    expect(red - blue).toBeGreaterThan(40);
    expect(green).toBeGreaterThan(blue);
    const unseen = pixelOf(overlay, edge - 2, 100);
    expect(new Set(unseen).size).toBe(1);
    const size = chooseDrawingSize({ picture, heatmap: flat, region }, 800);
    expect(size.width).toBe(width);
  });
});

describe('panels side by side', () => {
  it('compares picture, overlay and heatmap', () => {
    const canvas = renderComparison({ picture, heatmap });
    const { margin, gap } = figureTheme;
    const side = (canvas.width - 2 * margin - 2 * gap) / 3;
    const middle = Math.round(canvas.height / 2);
    const sums = [0, 1, 2].map((panel) => {
      const left = margin + panel * (side + gap);
      let chroma = 0;
      for (let x = 0; x < side; x++) {
        const channels = pixelOf(canvas, left + x, middle);
        chroma += Math.max(...channels) - Math.min(...channels);
      }
      return chroma;
    });
    expect(sums[0]).toBe(0);
    expect(sums[1]).toBeGreaterThan(0);
    expect(sums[2]).toBeGreaterThan(0);
  });

  it('puts maps on one scale when asked', () => {
    const weak = { ...heatmap, values: heatmap.values.map((value) => value / 100) };
    const columns = [
      { heading: 'strong', heatmap },
      { heading: 'weak', heatmap: weak },
    ];
    const own = renderContactSheet({ picture, columns });
    const shared = renderContactSheet({ picture, columns, scale: 'shared' });
    const brightnessOf = (canvas: Canvas): number => {
      const [left, top] = [Math.round((canvas.width * 5) / 6), Math.round(canvas.height * 0.7)];
      let total = 0;
      for (let x = left - 60; x < left + 60; x++) total += pixelOf(canvas, x, top).reduce((a, b) => a + b);
      return total;
    };
    expect(own.width).toBe(shared.width);
    expect(brightnessOf(own)).toBeGreaterThan(2 * brightnessOf(shared));
    expect(() => renderContactSheet({ picture, columns: [] })).toThrow(LightboxError);
  });
});

describe('saving', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lightbox-figures-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const caption = {
    title: 'Net',
    target: { label: 'Läsion \u{1f600}', probability: 0.5, logit: 1 },
    composite: 'EpsilonPlus',
  };

  it('writes PNGs that read back', async () => {
    const figure = { picture, heatmap, caption };
    await saveHeatmapPng(join(folder, 'a.png'), figure);
    await saveOverlayPng(join(folder, 'b.png'), figure);
    await saveComparison(join(folder, 'c.png'), figure);
    await saveContactSheet(join(folder, 'd.png'), { picture, caption, columns: [{ heading: 'EpsilonPlus', heatmap }] });
    expect((await readdir(folder)).sort()).toEqual(['a.png', 'b.png', 'c.png', 'd.png']);
    const expected = renderOverlayFigure(figure);
    const saved = await decodePicture(join(folder, 'b.png'));
    expect(saved).toMatchObject({ width: expected.width, height: expected.height, channels: 3, depth: 8 });
    expect(Buffer.from(saved.samples)).toEqual(Buffer.from(expected.rgb));
  });

  it('leaves neither a figure nor a draft behind when it fails', async () => {
    const before = await readdir(folder);
    const bad = { heatmap: { ...heatmap, values: heatmap.values.map(() => NaN) } };
    await expect(saveHeatmapPng(join(folder, 'e.png'), bad)).rejects.toMatchObject({ code: 'request/invalid' });
    await expect(saveHeatmapPng(join(folder, 'no', 'e.png'), { heatmap })).rejects.toMatchObject({
      code: 'output/not-writable',
    });
    await expect(saveHeatmapPng(folder, { heatmap })).rejects.toMatchObject({ code: 'output/not-writable' });
    await writeFile(join(folder, 'plain'), 'x');
    await expect(saveHeatmapPng(join(folder, 'plain', 'e.png'), { heatmap })).rejects.toThrow('cannot be written');
    expect(await readFile(join(folder, 'plain'), 'utf8')).toBe('x');
    expect((await readdir(folder)).filter((name) => name !== 'plain')).toEqual(before);
    expect((await readdir(dirname(folder))).filter((name) => name.startsWith(`.${basename(folder)}`))).toEqual([]);
  });
});
