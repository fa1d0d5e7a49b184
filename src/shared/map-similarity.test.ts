import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareMaps, poolMap, spearman } from './map-similarity.ts';

const floats = (values: readonly number[]): Float64Array => Float64Array.from(values);

test('fields are means, of unequal size where a side does not divide', () => {
  const map = { width: 3, height: 2, values: Float32Array.of(1, 2, 3, 5, 6, 7) };
  expect(Array.from(poolMap(map, 2))).toEqual([1.5, 3, 5.5, 7]);
  expect(Array.from(poolMap(map, 1))).toEqual([4]);
  expect(Array.from(poolMap(map, 9))).toEqual([1, 2, 3, 5, 6, 7]);
});

test("Spearman's correlation as computed by hand", () => {
  // Ranks 0 1 2 3 against 1 0 3 2: 1 - 6 * 4 / (4 * 15).
  expect(spearman(floats([1, 2, 3, 4]), floats([20, 10, 40, 30]))).toBeCloseTo(0.6, 12);
  // Ranks 0.5 0.5 2 against 0 1 2: covariance 1.5, variances 1.5 and 2.
  expect(spearman(floats([5, 5, 9]), floats([1, 2, 3]))).toBeCloseTo(1.5 / Math.sqrt(3), 12);
  expect(spearman(floats([1, 1, 1]), floats([1, 2, 3]))).toBeNaN();
});

test('only the order counts, and turning one side turns the sign', () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 9 }), (list, seed) => {
      const left = floats(list);
      const right = floats(list.map((_, at) => (at * seed * 7919) % 31));
      const plain = spearman(left, right);
      fc.pre(!Number.isNaN(plain));
      expect(
        spearman(
          left.map((value) => Math.exp(value / 10)),
          right,
        ),
      ).toBeCloseTo(plain, 10);
      expect(
        spearman(
          left.map((value) => -value),
          right,
        ),
      ).toBeCloseTo(-plain, 10);
      expect(spearman(left, left)).toBeCloseTo(1, 10);
    }),
  );
});

test('each map with each', () => {
  const map = (values: readonly number[]) => ({ width: 2, height: 2, values: Float32Array.from(values) });
  const table = compareMaps([map([1, 2, 3, 4]), map([4, 3, 2, 1])]);
  expect(table.flat().map((value) => Math.round(1e9 * value) / 1e9)).toEqual([1, -1, -1, 1]);
});
