import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustTests } from './adjust-tests.ts';
import { testSignedRanks } from './signed-rank.ts';

const casesOf = (values: readonly number[]) => values.map((value) => ({ value }));

describe('signed ranks', () => {
  test('by hand: five of five above zero, 2 of 32 signs are as lopsided', () => {
    expect(testSignedRanks(casesOf([0.1, 0.2, 0.3, 0.4, 0.5]))).toEqual({ units: 5, ranksAbove: 15, p: 2 / 32 });
  });

  test('by hand: 1 below zero and 2, 3 above: ranks 5 of 6, sums 0 and 1 are as far off, on both sides', () => {
    expect(testSignedRanks(casesOf([-1, 2, 3]))).toEqual({ units: 3, ranksAbove: 5, p: 4 / 8 });
  });

  test('by hand: equal magnitudes share their ranks: 1.5, 1.5, 3', () => {
    // Below, of eight equally likely sums 0, 1.5, 1.5, 3, 3, 4.5, 4.5, 6: three are at most 1.5.
    expect(testSignedRanks(casesOf([1, -1, 2]))).toEqual({ units: 3, ranksAbove: 4.5, p: 6 / 8 });
  });

  test('zeros and what is undefined take no part; of nothing there is no probability', () => {
    expect(testSignedRanks(casesOf([0, NaN, 0]))).toEqual({ units: 0, ranksAbove: 0, p: undefined });
  });

  test('a patient counts once, by the mean of its pictures', () => {
    const cases = [0.1, 0.3, 0.2, 0.6].map((value, index) => ({ value, patient: index < 2 ? 'a' : 'b' }));
    expect(testSignedRanks(cases)).toEqual({ units: 2, ranksAbove: 3, p: 0.5 });
  });

  test('the exact probability is that of all signs tried one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 9 }), (drawn) => {
        const values = drawn.filter((value) => value !== 0);
        const { p } = testSignedRanks(casesOf(drawn));
        if (values.length === 0) return p === undefined;
        const sorted = values.map(Math.abs).toSorted((a, b) => a - b);
        const ranks = values.map((one) => {
          const same = sorted.flatMap((other, at) => (other === Math.abs(one) ? [at + 1] : []));
          return same.reduce((sum, rank) => sum + rank, 0) / same.length;
        });
        const whole = ranks.reduce((sum, rank) => sum + rank, 0);
        const offOf = (signs: (at: number) => boolean): number =>
          Math.abs(ranks.reduce((sum, rank, at) => sum + (signs(at) ? rank : 0), 0) - whole / 2);
        const off = offOf((at) => (values[at] ?? 0) > 0);
        const all = Array.from({ length: 2 ** values.length }, (_, bits) => offOf((at) => ((bits >> at) & 1) === 1));
        return Math.abs((p ?? NaN) - all.filter((one) => one >= off - 1e-9).length / all.length) < 1e-9;
      }),
    );
  });

  test('beyond 50 units, by hand: ranks of 1182 among 60, mean 915, deviation 135.84, so z = 1.9619', () => {
    const below = new Set([43, ...Array.from({ length: 11 }, (_, at) => 50 + at)]);
    const values = Array.from({ length: 60 }, (_, at) => (below.has(at + 1) ? -1 : 1) * (at + 1));
    const { ranksAbove, p } = testSignedRanks(casesOf(values));
    expect(ranksAbove).toBe(1182);
    expect(p).toBeCloseTo(0.04978, 4);
  });
});

describe('many tests', () => {
  test('by hand: 0.01, 0.02, 0.03, 0.5 of four become 0.04, 0.04, 0.04, 0.5', () => {
    expect(adjustTests([0.03, 0.5, 0.01, 0.02]).map((q) => q?.toFixed(6))).toEqual(['0.040000', '0.500000', '0.040000', '0.040000']); // prettier-ignore
  });

  test('what is undefined is not counted', () => {
    expect(adjustTests([0.02, undefined])).toEqual([0.02, undefined]);
  });

  test('nothing becomes smaller, nothing exceeds 1, and the order stays', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (probabilities) => {
        const adjusted = adjustTests(probabilities).map(Number);
        return probabilities.every((p, at) => {
          const q = adjusted[at] ?? NaN;
          return (
            q >= p - 1e-12 && q <= 1 && probabilities.every((other, to) => other < p || q <= (adjusted[to] ?? NaN))
          );
        });
      }),
    );
  });
});
