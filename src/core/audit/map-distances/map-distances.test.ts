import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeCosine } from './cosine.ts';
import { computeMapDistances, mapMeasureNames, mapMeasures } from './map-distances.ts';
import type { MapPair } from './map-pair.ts';
import { reasonOf } from '#shared/measurement.ts';
import { poolPair } from './pooled-cells.ts';
import { computeFlipRate, computePredictionDrift } from './prediction-drift.ts';
import { computeSignFlips } from './sign-flips.ts';
import { computeSpearman, rank } from './spearman.ts';
import { computeSsim } from './ssim.ts';
import { computeTopOverlap } from './top-overlap.ts';

type Numbers = readonly number[];

/** Two maps in rows of so many values; one row, all valid, when not said. */
function pairOf([a, b]: readonly [Numbers, Numbers], width = a.length, valid: Numbers = a.map(() => 1)): MapPair {
  const maps = { a: Float32Array.from(a), b: Float32Array.from(b) };
  return { width, height: a.length / width, ...maps, valid: Uint8Array.from(valid) };
}

const waves = (side: number, phase: number): number[] =>
  Array.from(
    { length: side * side },
    (_, at) => Math.sin((at % side) / 3 + phase) + 0.5 * Math.cos(Math.floor(at / side) / 5 - phase),
  );

describe('Spearman', () => {
  test('by hand, ties sharing their mean rank', () => {
    expect([...rank(Float64Array.of(1, 2, 2, 4, 5, 0))]).toEqual([2, 3.5, 3.5, 5, 6, 1]);
    // Deviations -1.5 0 0 1.5 2.5 -2.5 and 1.5 -1.5 0 0 2.5 -2.5.
    expect(
      computeSpearman(
        pairOf([
          [1, 2, 2, 4, 5, 0],
          [3, 1, 2, 2, 6, 0],
        ]),
      ).value,
    ).toBeCloseTo(10.25 / 17, 12);
  });

  test('does not change under rising functions of a map, and turns under falling ones', () => {
    const [a, b] = [waves(28, 0), waves(28, 0.7)];
    const { value } = computeSpearman(pairOf([a, b], 28));
    expect(computeSpearman(pairOf([a.map((v) => Math.exp(3 * v)), b], 28)).value).toBeCloseTo(value, 12); // prettier-ignore
    expect(computeSpearman(pairOf([a, b.map((v) => -v)], 28)).value).toBeCloseTo(-value, 12); // prettier-ignore
  });

  test('is of means over 28 x 28 cells', () => {
    const fine = Array.from({ length: 56 * 56 }, (_, at) => Math.floor((at % 56) / 2) + 100 * Math.floor(at / 112) + ((at % 2) - 0.5)); // prettier-ignore
    const { a } = poolPair(pairOf([fine, fine], 56));
    expect([a.length, a[0], a[27], a[28]]).toEqual([784, 0, 27, 100]);
  });

  test('cells of which less than half is valid are left out', () => {
    const valid = Array.from({ length: 56 * 56 }, (_, at) => ((at % 56) < 3 ? 0 : 1)); // prettier-ignore
    // The first column of cells has no valid pixel, the second half of them.
    expect(poolPair(pairOf([waves(56, 0), waves(56, 1)], 56, valid)).a.length).toBe(27 * 28);
  });
});

describe('SSIM', () => {
  /** Window by window, from the definition. */
  function slow(a: readonly number[], b: readonly number[], side: number): number {
    const range = Math.max(...a, ...b) - Math.min(...a, ...b);
    const [c1, c2] = [(0.01 * range) ** 2, (0.03 * range) ** 2];
    const weight = (i: number): number => Math.exp(-((i - 5) ** 2) / 4.5);
    const results: number[] = [];
    for (let top = 0; top + 11 <= side; top++) {
      for (let left = 0; left + 11 <= side; left++) {
        const places = Array.from({ length: 121 }, (_, i) => ({ x: i % 11, y: Math.floor(i / 11) }));
        const total = places.reduce((sum, { x, y }) => sum + weight(x) * weight(y), 0);
        const mean = (f: (at: number) => number): number =>
          places.reduce((sum, { x, y }) => sum + (weight(x) * weight(y) / total) * f((top + y) * side + left + x), 0); // prettier-ignore
        const [ma, mb] = [mean((i) => a[i] ?? 0), mean((i) => b[i] ?? 0)];
        const [va, vb] = [mean((i) => ((a[i] ?? 0) - ma) ** 2), mean((i) => ((b[i] ?? 0) - mb) ** 2)];
        const covariance = mean((i) => ((a[i] ?? 0) - ma) * ((b[i] ?? 0) - mb));
        results.push(((2 * ma * mb + c1) * (2 * covariance + c2)) / ((ma ** 2 + mb ** 2 + c1) * (va + vb + c2)));
      }
    }
    return results.reduce((sum, value) => sum + value, 0) / results.length;
  }

  test('is that of its definition, window by window', () => {
    const [a, b] = [waves(17, 0).map(Math.fround), waves(17, 0.9).map(Math.fround)];
    expect(computeSsim(pairOf([a, b], 17)).value).toBeCloseTo(slow(a, b, 17), 10);
  });

  test('of two flat maps by hand: luminance alone', () => {
    // One valid window; a is 0.2 with one pixel outside the windows' reach of influence left equal, b is 0.8.
    const a = Array.from({ length: 121 }, () => 0.25);
    const b = Array.from({ length: 121 }, () => 0.75);
    const range = 0.5;
    const c1 = (0.01 * range) ** 2;
    const expected = (2 * 0.25 * 0.75 + c1) / (0.25 ** 2 + 0.75 ** 2 + c1);
    const wide = (values: number[], odd: number): number[] => Array.from({ length: 11 * 12 }, (_, at) => (at % 12 === 11 ? odd : (values[0] ?? 0))); // prettier-ignore
    // The last column makes the maps not constant and lies in one of two windows; that one is not valid.
    const valid = Array.from({ length: 11 * 12 }, (_, at) => (at === 11 ? 0 : 1));
    expect(computeSsim(pairOf([wide(a, 0.5), wide(b, 0.5)], 12, valid)).value).toBeCloseTo(expected, 10);
  });

  test('of a map with itself is 1, and does not change when both are scaled', () => {
    const [a, b] = [waves(20, 0), waves(20, 0.4)];
    expect(computeSsim(pairOf([a, a], 20)).value).toBeCloseTo(1, 10);
    const scaled = pairOf([a.map((v) => 1000 * v), b.map((v) => 1000 * v)], 20); // prettier-ignore
    expect(computeSsim(scaled).value).toBeCloseTo(computeSsim(pairOf([a, b], 20)).value, 4);
  });

  test('is undefined where maps are smaller than its window, or no window is wholly valid', () => {
    expect(reasonOf(computeSsim(pairOf([waves(10, 0), waves(10, 1)], 10)))).toMatch(/smaller than the window/);
    const striped = Array.from({ length: 400 }, (_, at) => (at % 10 === 0 ? 0 : 1));
    expect(reasonOf(computeSsim(pairOf([waves(20, 0), waves(20, 1)], 20, striped)))).toMatch(/wholly valid/);
  });
});

describe('top overlap', () => {
  test('by hand', () => {
    // The top two are at 0 and 1, and at 1 and 2: one of three.
    expect(
      computeTopOverlap(
        pairOf([
          [9, 8, 1, 0],
          [0, 8, 9, 1],
        ]),
        0.5,
      ).value,
    ).toBeCloseTo(1 / 3, 12);
  });

  test('of equal values counts the first', () => {
    expect(
      computeTopOverlap(
        pairOf([
          [1, 1, 1, 0],
          [1, 1, 0, 0],
        ]),
        0.5,
      ).value,
    ).toBe(1);
  });
});

describe('cosine', () => {
  test('by hand: 3-4-5', () => {
    expect(
      computeCosine(
        pairOf([
          [3, 4],
          [4, 3],
        ]),
      ).value,
    ).toBeCloseTo(24 / 25, 12);
    expect(
      computeCosine(
        pairOf([
          [1, 0],
          [0, 2],
        ]),
      ).value,
    ).toBe(0);
  });
});

describe('sign flips', () => {
  test('by hand', () => {
    // Of magnitudes 4 + 4: places 1 and 3 have opposite signs and hold 1 + 1 of the one, 1 + 0 of the other... all as parts of 1.
    expect(
      computeSignFlips(
        pairOf([
          [2, -1, 0, 1],
          [2, 1, 1, -4],
        ]),
      ).value,
    ).toBeCloseTo((2 / 4 + 5 / 8) / 2, 12);
  });

  test('of a map and its negative are 1, of a map and itself 0', () => {
    const map = waves(30, 0);
    expect(computeSignFlips(pairOf([map, map.map((v) => -v)], 30)).value).toBeCloseTo(1, 6); // prettier-ignore
    expect(computeSignFlips(pairOf([map, map], 30)).value).toBe(0);
  });
});

describe('every measure', () => {
  const side = 30;

  test.each(mapMeasureNames)(
    '%s of two zero maps, of constant ones, and where nothing is valid, is NaN with the reason',
    (name) => {
      const zero = new Array<number>(side * side).fill(0);
      const none = new Array<number>(side * side).fill(0);
      expect(mapMeasures[name](pairOf([zero, zero], side))).toEqual({ value: NaN, reason: expect.stringMatching(/both maps are (zero|constant)/) as string }); // prettier-ignore
      expect(mapMeasures[name](pairOf([waves(side, 0), zero], side))).toEqual({ value: NaN, reason: expect.stringMatching(/second map is/) as string }); // prettier-ignore
      expect(mapMeasures[name](pairOf([waves(side, 0), waves(side, 1)], side, none))).toEqual({ value: NaN, reason: expect.stringMatching(/valid/) as string }); // prettier-ignore
      const broken = waves(side, 0).with(5, NaN);
      expect(reasonOf(mapMeasures[name](pairOf([broken, waves(side, 1)], side)))).toMatch(/not finite/);
    },
  );

  test('does not look at what is not valid', () => {
    const valid = Array.from({ length: side * side }, (_, at) => (at % side < 22 ? 1 : 0));
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (other) => {
        const changed = waves(side, 0.5).map((value, at) => (valid[at] === 1 ? value : other));
        const [one, two] = [waves(side, 0.5), changed].map((b) => computeMapDistances(pairOf([waves(side, 0), b], side, valid))); // prettier-ignore
        expect(two).toEqual(one);
      }),
      { numRuns: 20, seed: 3 },
    );
  });

  test.each(mapMeasureNames)('%s is the same both ways round', (name) => {
    const [a, b] = [waves(side, 0), waves(side, 0.8)];
    expect(mapMeasures[name](pairOf([b, a], side)).value).toBeCloseTo(
      mapMeasures[name](pairOf([a, b], side)).value,
      10,
    );
  });
});

describe('predictions', () => {
  test('drift and flip rate', () => {
    expect(computePredictionDrift(0.25, 1)).toBe(0.75);
    expect(computeFlipRate([{ before: 1, after: 1 }, { before: 1, after: 0 }, { before: 2, after: 1 }, { before: 0, after: 0 }])).toBe(0.5); // prettier-ignore
    expect(computeFlipRate([])).toBeNaN();
  });
});
