import { describe, expect, it } from 'vitest';
import { getColorMap } from './color-maps.ts';
import { LightboxError } from './errors.ts';
import { formatRelevance } from './format-relevance.ts';
import { computePaletteIndices, findRange, renderHeatmap, sumOverColor } from './render-heatmap.ts';

const bwr = getColorMap('bwr');
const gray = getColorMap('gray');

describe('renderHeatmap', () => {
  it('is symmetric about zero unless told otherwise, and truncates', () => {
    const { rgb, range } = renderHeatmap(Float32Array.of(-2, 0, 1, 4), { colorMap: bwr });
    expect(range).toEqual([-4, 4]);
    expect([...rgb.subarray(0, 6)]).toEqual([125, 125, 255, 253, 253, 255]);
    expect([...rgb.subarray(9)]).toEqual([255, 0, 0]);
  });

  it.each([
    ['min-max', [-1, 3], [0, 63, 255]],
    ['from-zero', [0, 3], [0, 0, 255]],
    [
      [-3, 5],
      [-3, 5],
      [63, 95, 191],
    ],
    [
      [0, 1],
      [0, 1],
      [0, 0, 255],
    ],
  ] as const)('with range %s', (range, expectedRange, levels) => {
    const rendered = renderHeatmap(Float32Array.of(-1, 0, 3), { colorMap: gray, range });
    expect(rendered.range).toEqual(expectedRange);
    expect([0, 3, 6].map((at) => rendered.rgb[at])).toEqual(levels);
  });

  it('shows an all-zero map as the color of zero', () => {
    const { rgb, range } = renderHeatmap(new Float32Array(2), { colorMap: bwr });
    expect(range).toEqual([0, 0]);
    expect([...rgb]).toEqual([253, 253, 255, 253, 253, 255]);
    expect([...renderHeatmap(new Float32Array(1), { colorMap: gray }).rgb]).toEqual([0, 0, 0]);
  });

  it.each([NaN, Infinity, -Infinity])('refuses %s', (bad) => {
    expect(() => renderHeatmap(Float32Array.of(0, bad), { colorMap: bwr })).toThrow(LightboxError);
  });

  it('refuses empty maps and falling ranges', () => {
    expect(() => renderHeatmap(new Float32Array(0), { colorMap: bwr })).toThrow(LightboxError);
    expect(() => renderHeatmap(Float32Array.of(1), { colorMap: bwr, range: [1, 1] })).toThrow(LightboxError);
    expect(() => renderHeatmap(Float32Array.of(1), { colorMap: bwr, range: [NaN, 1] })).toThrow(LightboxError);
  });

  it('survives the smallest and largest numbers', () => {
    const tiny = Float32Array.of(-1e-45, 0, 1e-45);
    expect([...computePaletteIndices(tiny, findRange([tiny]), bwr)]).toEqual([0, 127, 255]);
    const huge = Float32Array.of(-3.4e38, 0, 3.4e38);
    expect([...computePaletteIndices(huge, findRange([huge]), bwr)]).toEqual([0, 127, 255]);
  });
});

it('findRange covers several maps with one scale', () => {
  expect(findRange([Float32Array.of(1), Float32Array.of(-3, 2)])).toEqual([-3, 3]);
});

it('sumOverColor adds the channels of each pixel', () => {
  expect([...sumOverColor(Float32Array.of(1, 2, 10, 20, 100, 200), 3)]).toEqual([111, 222]);
  expect(() => sumOverColor(new Float32Array(4), 3)).toThrow(LightboxError);
});

it.each([
  [0, '0'],
  [1, '1'],
  [0.0012, '1.2e−3'],
  [-0.0012, '−1.2e−3'],
  [0.25, '0.25'],
  [0.0123, '0.012'],
  [-31.4, '−31'],
  [999.9, '1000'],
  [1234, '1.2e3'],
  [3e-39, '3e−39'],
])('formatRelevance(%s) is %s', (value, text) => {
  expect(formatRelevance(Math.fround(value))).toBe(text);
});
