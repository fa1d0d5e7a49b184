import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PreciseSum } from './precise-sum.ts';

function sumOf(terms: readonly number[]): number {
  const sum = new PreciseSum();
  for (const term of terms) sum.add(term);
  return sum.value;
}

test('what is rounded off is not lost', () => {
  expect(sumOf([1, 1e100, 1, -1e100])).toBe(2);
  expect(sumOf(Array.from({ length: 10 }, () => 0.1))).toBe(1);
});

test('the order of terms is of no consequence', () => {
  const terms = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(terms, (values) => {
      expect(sumOf(values.toReversed())).toBe(sumOf(values));
      expect(sumOf(values.toSorted((a, b) => a - b))).toBe(sumOf(values));
    }),
    { numRuns: 500, seed: 3 },
  );
});

test('nothing added is zero', () => {
  expect(sumOf([])).toBe(0);
});
