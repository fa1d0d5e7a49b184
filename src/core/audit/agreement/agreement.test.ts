import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MarkShape } from '#shared/marks/mark-shape.ts';
import { computeKappa, type VerdictPair } from './kappa.ts';
import { computeMarkDice } from './mark-dice.ts';

const pairs = (counts: Readonly<Record<string, number>>): VerdictPair[] =>
  Object.entries(counts).flatMap(([pair, count]) =>
    Array.from({ length: count }, () => pair.split(' ') as [string, string]),
  );

describe("Cohen's kappa", () => {
  test('by hand: 20 and 15 of 50 the same, 0.7 observed, 0.5 expected, 0.4', () => {
    // Rows 25 and 25, columns 30 and 20: expected (25 * 30 + 25 * 20) / 50^2 = 0.5.
    const { cases, observed, expected, kappa } = computeKappa(pairs({ 'y y': 20, 'y n': 5, 'n y': 10, 'n n': 15 }));
    expect([cases, observed, expected]).toEqual([50, 0.7, 0.5]);
    expect(kappa).toBeCloseTo(0.4, 12);
  });

  test('by hand: three verdicts', () => {
    // Same 4 + 3 + 2 = 9 of 12. Rows 5, 4, 3; columns 6, 4, 2: expected (30 + 16 + 6) / 144.
    const table = { 'clean clean': 4, 'clean unsure': 1, 'unsure unsure': 3, 'unsure clean': 1, 'suspicious suspicious': 2, 'suspicious clean': 1 }; // prettier-ignore
    const { kappa } = computeKappa(pairs(table));
    expect(kappa).toBeCloseTo((9 / 12 - 52 / 144) / (1 - 52 / 144), 12);
  });

  test('is one for the same, below zero for the opposite, and no number where there is nothing to tell', () => {
    expect(computeKappa(pairs({ 'a a': 3, 'b b': 4 })).kappa).toBe(1);
    expect(computeKappa(pairs({ 'a b': 5, 'b a': 5 })).kappa).toBe(-1);
    expect(computeKappa(pairs({ 'a a': 9 }))).toMatchObject({ kappa: NaN, interval: undefined });
    expect(computeKappa([])).toMatchObject({ cases: 0, kappa: NaN, interval: undefined });
  });

  test('does not depend on who comes first', () => {
    const verdict = fc.constantFrom('clean', 'unsure', 'suspicious');
    fc.assert(
      fc.property(fc.array(fc.tuple(verdict, verdict), { minLength: 1, maxLength: 40 }), (said) => {
        const turned = said.map(([first, second]) => [second, first] as const);
        expect(computeKappa(turned, { resamples: 1 }).kappa).toBe(computeKappa(said, { resamples: 1 }).kappa);
      }),
    );
  });

  test('its interval is as wide as the standard error of Fleiss, Cohen and Everitt (1969) says', () => {
    const counts = { 'y y': 80, 'y n': 20, 'n y': 40, 'n n': 60 };
    const { kappa, interval } = computeKappa(pairs(counts));
    const [low, high] = [interval?.low ?? NaN, interval?.high ?? NaN];
    const error = plainStandardError([[0.4, 0.1], [0.2, 0.3]], 200); // prettier-ignore
    expect(low).toBeLessThan(kappa);
    expect(high).toBeGreaterThan(kappa);
    expect((high - low) / (2 * 1.96 * error)).toBeGreaterThan(0.93);
    expect((high - low) / (2 * 1.96 * error)).toBeLessThan(1.07);
    expect(computeKappa(pairs(counts)).interval).toEqual(interval);
  });
});

/** Equation 13 of Fleiss, Cohen and Everitt, term by term. */
function plainStandardError(shares: readonly (readonly number[])[], cases: number): number {
  const at = (i: number, j: number): number => shares[i]?.[j] ?? 0;
  const every = shares.map((_, i) => i);
  const row = every.map((i) => every.reduce((sum, j) => sum + at(i, j), 0));
  const column = every.map((j) => every.reduce((sum, i) => sum + at(i, j), 0));
  const observed = every.reduce((sum, i) => sum + at(i, i), 0);
  const expected = every.reduce((sum, i) => sum + (row[i] ?? 0) * (column[i] ?? 0), 0);
  let variance = -((observed * expected - 2 * expected + observed) ** 2);
  for (const i of every) {
    for (const j of every) {
      const margin = i === j ? (row[i] ?? 0) + (column[i] ?? 0) : (column[i] ?? 0) + (row[j] ?? 0);
      const term = i === j ? 1 - expected - margin * (1 - observed) : (1 - observed) * margin;
      variance += at(i, j) * term ** 2;
    }
  }
  return Math.sqrt(variance / cases) / (1 - expected) ** 2;
}

const box = (...[left, top, width, height]: readonly [number, number, number, number]): MarkShape => ({
  ...{ form: 'rectangle', left, top, width, height },
});

interface DiceCase {
  readonly what: string;
  readonly first: readonly MarkShape[];
  readonly second: readonly MarkShape[];
  readonly expected: number;
}

const diceCases: readonly DiceCase[] = [
  { what: 'the same', first: [box(0, 0, 4, 4)], second: [box(0, 0, 4, 4)], expected: 1 },
  {
    what: 'half over each other: 2 * 8 / (16 + 16)',
    first: [box(0, 0, 4, 4)],
    second: [box(2, 0, 4, 4)],
    expected: 0.5,
  },
  {
    what: 'one inside the other: 2 * 4 / (16 + 4)',
    first: [box(0, 0, 4, 4)],
    second: [box(1, 1, 2, 2)],
    expected: 0.4,
  },
  { what: 'apart', first: [box(0, 0, 4, 4)], second: [box(4, 0, 4, 4)], expected: 0 },
  {
    what: 'two of one reader over each other count once: 2 * 8 / (8 + 8)',
    first: [box(0, 0, 4, 2), box(0, 0, 4, 1)],
    second: [box(0, 0, 4, 2)],
    expected: 1,
  },
  {
    what: 'two marks against one: 2 * 8 / (8 + 16)',
    first: [box(0, 0, 4, 1), box(0, 3, 4, 1)],
    second: [box(0, 0, 4, 4)],
    expected: 16 / 24,
  },
  { what: 'only one reader', first: [box(0, 0, 4, 4)], second: [], expected: 0 },
  {
    what: 'thinner than a pixel, told by area',
    first: [box(0, 0, 0.25, 4)],
    second: [box(0, 0, 0.25, 4)],
    expected: 1,
  },
];

describe('Dice of marks', () => {
  test.each(diceCases)('$what', ({ first, second, expected }) => {
    expect(computeMarkDice(first, second)).toBeCloseTo(expected, 12);
    expect(computeMarkDice(second, first)).toBeCloseTo(expected, 12);
  });

  test('nobody has marked anything', () => {
    expect(computeMarkDice([], [])).toBeUndefined();
  });

  test('marks larger than the grid are told to a hundredth', () => {
    const dice = computeMarkDice([box(0, 0, 3000, 2000)], [box(1000, 0, 3000, 2000)]);
    expect(dice).toBeCloseTo(2 / 3, 2);
  });
});
