import { describe, expect, it } from 'vitest';
import { getColorMap } from '#shared/color-maps.ts';
import type { Canvas } from './canvas.ts';
import { renderContactSheet } from './contact-sheet.ts';
import { drawFigure } from './figure-blocks.ts';
import { describeAnswer, formatPercent, headerBlock } from './figure-caption.ts';
import type { FigureCaption } from './figure-caption.ts';
import { describeScale } from './figure-style.ts';
import { figureTheme } from './figure-theme.ts';
import { patternBytes } from './hand-made-pictures.ts';
import type { Heatmap } from './heatmap.ts';
import type { Picture } from './picture.ts';
import { effectWords, fitEffects } from './relevance-words.ts';
import { renderComparison, renderHeatmapFigure, renderOverlayFigure } from './render-figures.ts';

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

describe('words', () => {
  const target = { label: 'Normal', probability: 0.088, logit: -0.3, predicted: { label: 'MEL', probability: 0.9 } };

  it('percent never rounds to certainty', () => {
    expect([0.088, 0.995, 0.004, 0, 1, 1e-7].map(formatPercent)).toEqual(['9%', '> 99%', '< 1%', '0%', '100%', '< 1%']);
  });

  it('say whether the explained class is the model\u2019s own answer', () => {
    expect(describeAnswer(target)).toBe("Not the model's answer, which is MEL (90%).");
    expect(describeAnswer({ ...target, label: 'MEL' })).toBe("The model's answer.");
    expect(describeAnswer({ label: 'MEL' })).toBeUndefined();
  });

  it('call relevance above zero what it is: evidence, or the effect of brighter pixels', () => {
    expect([1, 0, -1].map((value) => effectWords({ label: 'x' }, value))).toEqual([
      'speaks for',
      'neither',
      'speaks against',
    ]);
    expect(effectWords({ label: 'x', effect: 'gradient' }, -1)).toBe('brighter lowers');
  });

  it('name the class at both ends where there is room, and get shorter at both alike', () => {
    const fit = (width: number): readonly string[] => fitEffects({ label: 'Normal' }, [2, -2], { size: 10, width });
    expect(fit(300)).toEqual(['speaks for Normal', 'speaks against Normal']);
    expect(fit(100)).toEqual(['speaks for', 'speaks against']);
    expect(fit(60)).toEqual(['for', 'against']);
    expect(fit(20)).toEqual(['+', '\u2212']);
    expect(fitEffects({ label: 'Normal' }, [2, 0], { size: 10, width: 300 })).toEqual(['speaks for Normal', 'neither']);
  });

  it('say whose scale the colors have, and that it tells where, not how much', () => {
    const style = { colorMap: getColorMap('bwr') };
    expect(describeScale(style, [-2, 2])).toEqual([expect.stringMatching(/this picture: .* not how much/)]);
    expect(describeScale(style, [-2, 2], { isOverlay: true })[1]).toMatch(/see-through/);
    expect(describeScale({ ...style, range: [-2, 2] }, [-2, 2])).toEqual([expect.stringMatching(/fixed scale/)]);
    expect(describeScale({ ...style, range: 'min-max' }, [-1, 2])[1]).toMatch(/middle color is not zero/);
    expect(describeScale(style, [0, 0], { isOverlay: true })).toEqual([expect.stringMatching(/All relevance is zero/)]);
    expect(describeScale(style, [-2, 2], { effect: 'gradient' })[0]).toMatch(/brightness matters, not how much/);
    expect(describeScale(style, [-2, 2], { owner: 'all maps' })).toEqual([expect.stringMatching(/share one scale/)]);
  });

  it('a meter is as full as the class is probable', () => {
    const filled = (probability: number): number => {
      const { rgb } = drawFigure(headerBlock({ target: { label: '.', probability } }, 400));
      const full = Array.from({ length: rgb.length / 3 }, (_, at) => rgb.subarray(at * 3, at * 3 + 3).join());
      return full.filter((color) => color === figureTheme.text.join()).length;
    };
    expect(filled(0)).toBe(0);
    expect(filled(1)).toBe(120 * 8);
    expect(filled(0.25)).toBe(30 * 8);
  });
});

describe('nothing runs out of the frame', () => {
  const long = 'Interstitial lung disease with traction bronchiectasis, early';
  const captionOf = (label: string): FigureCaption => ({
    title: `A network of ${label}`,
    target: { label, probability: 0.09, logit: -12.5, turned: true, predicted: { label: long, probability: 0.6 } },
    composite: 'EpsilonAlpha2Beta1Flat',
    pictureName: `${label}.dcm`,
  });
  const sizes = [
    [40, 30],
    [1200, 90],
    [90, 1200],
    [1, 1],
  ] as const;
  const maps: readonly Heatmap[] = [
    zeros,
    { ...heatmap, values: heatmap.values.map((value) => -Math.abs(value) * 1e-9) },
    { ...heatmap, values: heatmap.values.map((value) => Math.abs(value) * 1e9) },
  ];

  /** Whether a ring about the figure, half its margin wide, is bare. */
  const hasBareEdge = ({ rgb, width, height }: Canvas): boolean => {
    const edge = figureTheme.margin / 2;
    const isBare = (from: number, length: number): boolean =>
      rgb
        .subarray(from * 3, (from + length) * 3)
        .every((channel, index) => channel === figureTheme.ground[index % figureTheme.ground.length]);
    return Array.from({ length: height }, (_, y) => y).every((y) => {
      if (y < edge || y >= height - edge) return isBare(y * width, width);
      return isBare(y * width, edge) && isBare((y + 1) * width - edge, edge);
    });
  };

  it.each([
    ['an ordinary name', 'Non-COVID'],
    ['a long name', long],
    ['a long name of one word', 'W'.repeat(120)],
    ['an empty name', ''],
  ])('with %s', (_, label) => {
    const caption = captionOf(label);
    for (const [width, height] of sizes) {
      const shown = { ...picture, width, height, samples: patternBytes(width * height) };
      expect(hasBareEdge(renderOverlayFigure({ picture: shown, heatmap, caption }))).toBe(true);
    }
    expect(hasBareEdge(renderHeatmapFigure({ heatmap, caption }))).toBe(true);
  });

  it('with maps of zeros, of one sign, and of very small and very large values', () => {
    for (const map of maps) {
      expect(hasBareEdge(renderHeatmapFigure({ heatmap: map, caption: captionOf(long) }))).toBe(true);
    }
  });

  it('with several panels, however narrow', () => {
    const caption = captionOf(long);
    const narrow = { ...picture, width: 90, height: 1200, samples: patternBytes(90 * 1200) };
    expect(hasBareEdge(renderComparison({ picture: narrow, heatmap, caption }))).toBe(true);
    const columns = [{ heading: long, heatmap }];
    expect(hasBareEdge(renderContactSheet({ picture, columns, caption }))).toBe(true);
  });

  it('a bar beside the picture is drawn where its words have room, else one below it', () => {
    const caption = captionOf('Normal');
    const wide = renderOverlayFigure({ picture: { ...picture, width: 1200, height: 1 }, heatmap, caption });
    const tall = renderOverlayFigure({ picture, heatmap, caption });
    expect(wide.width).toBeLessThanOrEqual(800 + 2 * figureTheme.margin + 10);
    expect(tall.width).toBeGreaterThan(880);
  });
});
