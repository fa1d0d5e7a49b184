import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillNames, fillRegion } from './fills.ts';
import { blurPlane } from './gaussian-blur.ts';
import { listPixels, type PixelMask, type PixelPlanes } from './pixel-planes.ts';
import { createLaplaceSolver } from './solve-laplace.ts';

const [width, height] = [24, 12];
const at = (x: number, y: number): number => y * width + x;
const planesOf = (valueAt: (x: number, y: number, channel: number) => number, channels = 1): PixelPlanes => ({
  ...{ channels, width, height },
  values: Float32Array.from({ length: channels * width * height }, (_, index) => {
    const pixel = index % (width * height);
    return valueAt(pixel % width, Math.floor(pixel / width), Math.floor(index / (width * height)));
  }),
});
const box = (...[left, top, wide, high]: readonly [number, number, number, number]): PixelMask =>
  Uint8Array.from({ length: width * height }, (_, pixel) => {
    const [x, y] = [(pixel % width) - left, Math.floor(pixel / width) - top];
    return x >= 0 && x < wide && y >= 0 && y < high ? 1 : 0;
  });
const nothing = new Uint8Array(width * height);

describe('every fill', () => {
  const marked = planesOf((x, y, channel) => (box(5, 4, 3, 3)[at(x, y)] === 1 ? 9 : channel + 1), 3);

  test.each(fillNames)('%s leaves all outside of the mask as it is', (name) => {
    const mask = box(5, 4, 3, 3);
    const filled = fillRegion(name, { picture: marked, mask, avoid: nothing, seed: 'a' });
    marked.values.forEach((value, index) => {
      if (mask[index % mask.length] === 0) expect(filled?.values[index]).toBe(value);
    });
  });

  test.each(fillNames.filter((name) => name !== 'blur'))('%s continues an even ground without a trace', (name) => {
    const filled = fillRegion(name, { picture: marked, mask: box(4, 3, 5, 5), avoid: nothing, seed: 'a' });
    filled?.values.forEach((value, index) => {
      expect(value).toBeCloseTo(Math.floor(index / (width * height)) + 1, 5);
    });
  });

  test.each(fillNames)('%s is the same for the same seed', (name) => {
    const noisy = planesOf((x, y) => Math.sin(12.9898 * x + 78.233 * y));
    const fill = (): Float32Array | undefined =>
      fillRegion(name, { picture: noisy, mask: box(5, 4, 3, 3), avoid: nothing, seed: 'a' })?.values;
    expect(fill()).toEqual(fill());
  });
});

describe('local mean', () => {
  test('by hand: each part gets the mean of what lies within three pixels of it', () => {
    const picture = planesOf((x) => (x < 8 ? 2 : 6));
    const mask = box(2, 5, 1, 1).map((inside, pixel) => inside | (box(13, 5, 1, 1)[pixel] ?? 0));
    const filled = fillRegion('local mean', { picture, mask, avoid: nothing, seed: '' });
    expect([filled?.values[at(2, 5)], filled?.values[at(13, 5)]]).toEqual([2, 6]);
  });

  test('what is to be avoided does not count', () => {
    const picture = planesOf((x) => (x < 6 ? 2 : 100));
    const filled = fillRegion('local mean', { picture, mask: box(4, 4, 1, 1), avoid: box(6, 0, 18, 12), seed: '' });
    expect(filled?.values[at(4, 4)]).toBe(2);
  });
});

describe('Laplace', () => {
  test('continues a slope exactly: on it every pixel is the mean of its neighbours', () => {
    const slope = planesOf((x, y) => 2 * x - y);
    const mask = box(4, 3, 6, 5);
    const begun = slope.values.map((value, pixel) => (mask[pixel] === 1 ? 0 : value));
    const solved = createLaplaceSolver({ width, height, mask })(begun);
    for (const pixel of listPixels(mask)) expect(solved[pixel]).toBeCloseTo(slope.values[pixel] ?? NaN, 1);
  });

  test('stays between the least and the largest of its rim, and every pixel is the mean of its neighbours', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 288, maxLength: 288 }), (values) => {
        const mask = box(3, 3, 6, 5);
        const solved = createLaplaceSolver({ width, height, mask })(Float32Array.from(values));
        for (const pixel of listPixels(mask)) {
          const around = [pixel - 1, pixel + 1, pixel - width, pixel + width].map((place) => solved[place] ?? NaN);
          const mean = around.reduce((sum, value) => sum + value, 0) / 4;
          expect(Math.abs((solved[pixel] ?? NaN) - mean)).toBeLessThan(0.05);
          expect(Math.abs(solved[pixel] ?? NaN)).toBeLessThanOrEqual(50.1);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('blur', () => {
  test('is the two-dimensional Gaussian mean, worked out the slow way', () => {
    const values = Float32Array.from({ length: 63 }, (_, index) => (index * 7) % 11);
    const blurred = blurPlane({ width: 9, height: 7, values }, 1.5);
    const radius = 5;
    const plain = (column: number, row: number): number => {
      let [sum, total] = [0, 0];
      for (let y = 0; y < 7; y++) {
        for (let x = 0; x < 9; x++) {
          if (Math.abs(x - column) > radius || Math.abs(y - row) > radius) continue;
          const weight = Math.exp(-((x - column) ** 2 + (y - row) ** 2) / (2 * 1.5 ** 2));
          sum += weight * (values[y * 9 + x] ?? 0);
          total += weight;
        }
      }
      return sum / total;
    };
    blurred.forEach((value, index) => {
      expect(value).toBeCloseTo(plain(index % 9, Math.floor(index / 9)), 4);
    });
  });
});

describe('grain', () => {
  test('is as strong as that around the mask, and the same in all channels of a grey picture', () => {
    const draw = ((): (() => number) => {
      let state = 1;
      return () => (state = (state * 48271) % 2147483647) / 2147483647;
    })();
    const [wide, high] = [40, 40];
    const grain = Float32Array.from({ length: wide * high }, () => draw() - 0.5);
    const picture = { channels: 2, width: wide, height: high, values: Float32Array.from([...grain, ...grain]) };
    const mask = Uint8Array.from({ length: wide * high }, (_, pixel) => {
      const [x, y] = [pixel % wide, Math.floor(pixel / wide)];
      return x >= 10 && x < 30 && y >= 10 && y < 30 ? 1 : 0;
    });
    const filled = fillRegion('harmonic', { picture, mask, avoid: new Uint8Array(mask.length), seed: 'a' });
    const inside = Array.from(listPixels(mask), (pixel) => filled?.values[pixel] ?? NaN);
    const deviation = Math.sqrt(inside.reduce((sum, value) => sum + value ** 2, 0) / inside.length);
    // Even noise one wide has a standard deviation of 0.289; the smooth part adds a little of its own.
    expect(deviation).toBeGreaterThan(0.23);
    expect(deviation).toBeLessThan(0.35);
    for (const pixel of listPixels(mask)) expect(filled?.values[pixel]).toBe(filled?.values[mask.length + pixel]);
  });
});

describe('donor', () => {
  test('takes the place that fits: stripes go on as stripes', () => {
    const stripes = planesOf((x) => x % 4);
    const mask = box(6, 4, 3, 3);
    const marked = { ...stripes, values: stripes.values.map((value, pixel) => (mask[pixel] === 1 ? 40 : value)) };
    const filled = fillRegion('donor', { picture: marked, mask, avoid: nothing, seed: '' });
    for (const pixel of listPixels(mask)) expect(filled?.values[pixel]).toBeCloseTo(stripes.values[pixel] ?? NaN, 4);
  });

  test('is not possible where nothing else is free', () => {
    const picture = planesOf((x) => x);
    expect(fillRegion('donor', { picture, mask: box(0, 0, 14, 12), avoid: nothing, seed: '' })).toBeUndefined();
  });
});
