import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFrameControls } from './frame-controls.ts';
import { placeControls } from './matched-controls.ts';
import { drawNullMark } from './null-mark.ts';
import { listPixels, sizeOfMask, type PixelMask } from './pixel-planes.ts';
import { createRandomWords } from '#shared/random-words.ts';

const size = { width: 40, height: 30 };
const maskOf = (isInside: (x: number, y: number) => boolean): PixelMask =>
  Uint8Array.from({ length: size.width * size.height }, (_, pixel) =>
    isInside(pixel % size.width, Math.floor(pixel / size.width)) ? 1 : 0,
  );
const nothing = maskOf(() => false);
const box = (...[left, top, wide, high]: readonly [number, number, number, number]): PixelMask =>
  maskOf((x, y) => x >= left && x < left + wide && y >= top && y < top + high);

const distanceOf = (mask: PixelMask): number => {
  const pixels = Array.from(listPixels(mask));
  const mean = (read: (pixel: number) => number): number =>
    pixels.reduce((sum, pixel) => sum + read(pixel), 0) / pixels.length + 0.5;
  const [x, y] = [mean((pixel) => pixel % size.width), mean((pixel) => Math.floor(pixel / size.width))];
  return Math.hypot(x - size.width / 2, y - size.height / 2);
};
const overlap = (a: PixelMask, b: PixelMask): number =>
  a.reduce((sum, inside, pixel) => sum + inside * (b[pixel] ?? 0), 0);

describe('matched controls', () => {
  test('have the pixels of the mask, its distance to the middle, and touch neither mask nor other marks', () => {
    const place = fc.record({
      x: fc.integer({ min: 0, max: 34 }),
      y: fc.integer({ min: 0, max: 25 }),
      seed: fc.string(),
    });
    fc.assert(
      fc.property(place, ({ x, y, seed }) => {
        const mask = box(x, y, 6, 5);
        const avoid = box(0, 0, 8, 8).map((inside, pixel) => (mask[pixel] === 1 ? 0 : inside));
        const { masks, tolerance = NaN, kind } = placeControls({ ...size, mask, avoid, count: 6, seed });
        expect(kind).toBe('whole');
        expect(masks.length).toBeGreaterThan(0);
        for (const control of masks) {
          expect(sizeOfMask(control)).toBe(30);
          expect(overlap(control, mask) + overlap(control, avoid)).toBe(0);
          expect(Math.abs(distanceOf(control) - distanceOf(mask))).toBeLessThanOrEqual(tolerance * 40 + 1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('are the same for the same seed and others for another', () => {
    const request = { ...size, mask: box(2, 2, 5, 5), avoid: nothing, count: 8 };
    expect(placeControls({ ...request, seed: 'a' })).toEqual(placeControls({ ...request, seed: 'a' }));
    expect(placeControls({ ...request, seed: 'a' })).not.toEqual(placeControls({ ...request, seed: 'b' }));
  });

  test('come in pieces where the mask fits nowhere as a whole', () => {
    const cross = maskOf((x, y) => (x >= 19 && x < 21) || (y >= 14 && y < 16));
    const { masks, kind } = placeControls({ ...size, mask: cross, avoid: nothing, count: 4, seed: 'a' });
    expect(kind).toBe('pieces');
    expect(masks.length).toBeGreaterThan(0);
    for (const control of masks) {
      expect(sizeOfMask(control)).toBe(sizeOfMask(cross));
      expect(overlap(control, cross)).toBe(0);
    }
  });

  test('of nothing there are none', () => {
    expect(placeControls({ ...size, mask: nothing, avoid: nothing, count: 4, seed: 'a' }).masks).toEqual([]);
  });
});

describe('frames', () => {
  test('lie one inside the other, of as many pixels, and do not touch', () => {
    const frame = maskOf((x, y) => x < 2 || y < 2 || x >= 38 || y >= 28);
    const controls = createFrameControls({ ...size, mask: frame }, 9);
    expect(controls.map(sizeOfMask)).toEqual(controls.map(() => sizeOfMask(frame)));
    expect(controls).toHaveLength(Math.floor((1200 - 264) / 264));
    const total = [frame, ...controls].reduce((sum, mask) => sum.map((count, pixel) => count + (mask[pixel] ?? 0)));
    expect(Math.max(...total)).toBe(1);
  });
});

describe('marks of nothing', () => {
  test('lie beside what is marked', () => {
    const avoid = box(0, 0, 20, 30);
    for (let seed = 0; seed < 20; seed++) {
      const mark = drawNullMark({ ...size, avoid, draw: createRandomWords(`${seed}`) });
      expect(mark?.coverage.reduce((sum, share, pixel) => sum + share * (avoid[pixel] ?? 0), 0)).toBe(0);
      expect(mark?.coverage.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(0);
    }
  });

  test('are not drawn where nothing is free', () => {
    expect(drawNullMark({ ...size, avoid: maskOf(() => true), draw: createRandomWords('1') })).toBeUndefined();
  });
});
