import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findNthHighest } from './nth-highest.ts';

const some = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 })), {
  minLength: 1,
  maxLength: 60,
});

test('is what stands there in falling order, equal values or not', () => {
  fc.assert(
    fc.property(some, fc.nat(59), (values, wanted) => {
      const rank = wanted % values.length;
      const sorted = values.toSorted((a, b) => b - a);
      const given = Float64Array.from(values);
      expect(findNthHighest(given, rank)).toBeCloseTo(sorted[rank] ?? NaN, 12);
      expect([...given]).toEqual(values);
    }),
    { numRuns: 500 },
  );
});

test('of nothing there is none', () => {
  expect(findNthHighest(new Float64Array(), 0)).toBeNaN();
});
