import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vectorizeMap } from './map-vector.ts';
import { poolMap } from './pool-map.ts';
import { computeSilhouettes } from './silhouette.ts';
import { silently } from './planted-vectors.ts';

const map = (width: number, values: readonly number[]): Parameters<typeof poolMap>[0] => ({
  ...{ width, height: values.length / width, values: Float32Array.from(values) },
});

describe('pooling', () => {
  it('is the mean of the cells', () => {
    expect([...poolMap(map(4, [1, 3, 0, 0, 5, 7, 0, 8, 1, 1, 2, 2, 1, 1, 2, 2]), 2)]).toEqual([4, 2, 1, 2]);
  });

  it('counts pixels that an edge cuts by their part', () => {
    // Cells are 1.5 pixels wide and high.
    const [first] = poolMap(map(3, [9, 3, 0, 3, 1, 0, 0, 0, 0]), 2);
    expect(first).toBeCloseTo((9 + 3 * 0.5 + 3 * 0.5 + 1 * 0.25) / 2.25, 6);
  });

  it('keeps the mean of the map, whatever its size', () => {
    const sizes = fc.tuple(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(sizes, ([width, height, side]) => {
        const values = Array.from({ length: width * height }, (_, at) => Math.sin(at * 1.7));
        const mean = (all: ArrayLike<number>): number =>
          Array.from(all).reduce((sum, one) => sum + one, 0) / all.length;
        expect(mean(poolMap(map(width, values), side))).toBeCloseTo(mean(values), 6);
      }),
    );
  });
});

describe('a map as a vector', () => {
  const values = Array.from({ length: 64 }, (_, at) => Math.sin(at * at));

  it('has length 1 and does not depend on the scale of its map', () => {
    const vector = vectorizeMap(map(8, values), 4) as Float64Array;
    expect(Math.hypot(...vector)).toBeCloseTo(1, 12);
    for (const scale of [1e-30, 3, 1e20]) {
      const scaled = vectorizeMap(map(8, values.map((value) => value * scale)), 4) as Float64Array; // prettier-ignore
      scaled.forEach((value, cell) => {
        expect(value).toBeCloseTo(vector[cell] ?? NaN, 6);
      });
    }
  });

  it.each([
    ['not finite', [1, 2, 3, NaN]],
    ['not finite', [1, 2, Infinity, 4]],
    ['constant', [0, 0, 0, 0]],
    ['constant', [3, 3, 3, 3]],
  ])('is left out as %s: %j', (reason, cells) => {
    expect(vectorizeMap(map(2, cells), 2)).toBe(reason);
  });
});

describe('silhouettes', () => {
  it('are those worked out by hand', async () => {
    // Points 0, 1 | 4, 6 on a line.
    const widths = await computeSilhouettes([[0], [1], [4], [6]], [0, 0, 1, 1], silently);
    [(5 - 1) / 5, (4 - 1) / 4, (3.5 - 2) / 3.5, (5.5 - 2) / 5.5].forEach((width, at) => {
      expect(widths[at]).toBeCloseTo(width, 12);
    });
  });

  it('are 0 in a group of one, and where there is no other group', async () => {
    expect([...(await computeSilhouettes([[0], [5], [6]], [0, 1, 1], silently))][0]).toBe(0);
    expect([...(await computeSilhouettes([[0], [5]], [0, 0], silently))]).toEqual([0, 0]);
  });
});
