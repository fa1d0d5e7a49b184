import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { findMapPixel, findStrongestRegion, projectRegion } from './strongest-region.ts';

const whole = { left: 0, top: 0, width: 40, height: 20 };

it('holds the strongest pixel and what hangs together with it, corners included, of its sign alone', () => {
  const values = new Float32Array(400).fill(0.01);
  // 20 x 20; the strongest hundredth are four pixels: three in a diagonal, one apart.
  for (const [column, row, value] of [
    [5, 5, 9],
    [6, 6, 8],
    [7, 5, 7],
    [15, 15, 6],
  ] as const)
    values[row * 20 + column] = value;
  expect(findStrongestRegion({ width: 20, height: 20, values })).toEqual({ left: 5, top: 5, width: 3, height: 2 });
  values[6 * 20 + 6] = -8;
  expect(findStrongestRegion({ width: 20, height: 20, values })).toEqual({ left: 5, top: 5, width: 1, height: 1 });
});

it('is nowhere on a map of zeros', () => {
  expect(findStrongestRegion({ width: 2, height: 2, values: Float32Array.of(0, NaN, 0, 0) })).toBeUndefined();
});

test('a map pixel projected on the picture holds exactly the points that are told by it', () => {
  const maps = fc.record({ width: fc.integer({ min: 1, max: 30 }), height: fc.integer({ min: 1, max: 30 }) });
  const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(maps, share, share, (map, right, down) => {
      const region = { left: 3.5, top: -2, width: 31, height: 17 };
      const point = { x: region.left + right * region.width, y: region.top + down * region.height };
      const pixel = findMapPixel(point, map, region);
      const box = projectRegion({ left: pixel?.column ?? -9, top: pixel?.row ?? -9, width: 1, height: 1 }, map, region);
      expect(point.x).toBeGreaterThanOrEqual(box.left - 1e-9);
      expect(point.x).toBeLessThanOrEqual(box.left + box.width + 1e-9);
      expect(point.y).toBeGreaterThanOrEqual(box.top - 1e-9);
      expect(point.y).toBeLessThanOrEqual(box.top + box.height + 1e-9);
    }),
  );
  expect(findMapPixel({ x: -0.1, y: 3 }, { width: 4, height: 4 }, whole)).toBeUndefined();
  expect(findMapPixel({ x: 40, y: 3 }, { width: 4, height: 4 }, whole)).toBeUndefined();
});
