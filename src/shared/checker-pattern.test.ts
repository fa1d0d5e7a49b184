import { describe, expect, test } from 'vitest';
import { createRandomWords } from '#shared/random-words.ts';
import { CHECKER_OF_NOISE, computeCheckerPattern } from './checker-pattern.ts';

const mapOf = (side: number, value: (x: number, y: number) => number): Parameters<typeof computeCheckerPattern>[0] => ({
  ...{ width: side, height: side },
  values: Float32Array.from({ length: side * side }, (_, at) => value(at % side, Math.floor(at / side))),
});

describe('checker pattern', () => {
  test.each([
    ['a chessboard', (x: number, y: number) => (x + y) % 2, [0, 0, 1]],
    ['stripes across', (x: number) => x % 2, [1, 0, 0]],
    ['stripes down', (_: number, y: number) => y % 2, [0, 1, 0]],
    ['relevance on one pixel of four', (x: number, y: number) => (x % 2) * (y % 2), [1 / 3, 1 / 3, 1 / 3]],
  ])('of %s is known by hand', (_, value, shares) => {
    const { across, down, both, total } = computeCheckerPattern(mapOf(32, value));
    for (const [at, part] of [across, down, both].entries()) expect(part.value).toBeCloseTo(shares[at] ?? NaN, 6);
    expect(total.value).toBeCloseTo(1, 6);
  });

  test('does not change with the level and the sign of the map', () => {
    const value = (x: number, y: number): number => Math.sin(x / 4) + ((x + y) % 2) * 0.3;
    const [plain, other] = [mapOf(34, value), mapOf(34, (x, y) => 5 - 3 * value(x, y))].map(
      (map) => computeCheckerPattern(map).total.value,
    );
    expect(other).toBeCloseTo(plain ?? NaN, 5);
  });

  test('is found where its sign turns from place to place', () => {
    const turning = mapOf(66, (x, y) => Math.cos(x / 20) * ((x + y) % 2 === 0 ? 1 : -1));
    expect(computeCheckerPattern(turning).both.value).toBeGreaterThan(0.95);
  });

  test('of white noise is 3 of 41 parts, of a smooth map next to nothing', () => {
    const word = createRandomWords('noise');
    const noise = computeCheckerPattern(mapOf(514, () => word() / 2 ** 32)).total.value;
    expect(noise).toBeCloseTo(CHECKER_OF_NOISE, 2);
    expect(computeCheckerPattern(mapOf(224, (x, y) => Math.sin(x / 20) * y)).total.value).toBeLessThan(0.02);
  });

  test.each([
    ['a constant map', mapOf(32, () => 3), /no contrast/],
    ['a ramp', mapOf(32, (x, y) => 3 * x - y), /no contrast/],
    ['a map smaller than a block', mapOf(9, (x) => x), /smaller than/],
    ['a map that is not finite', mapOf(10, () => NaN), /not finite/],
  ])('of %s is NaN with the reason', (_, map, reason) => {
    expect(computeCheckerPattern(map).total).toEqual({ value: NaN, reason: expect.stringMatching(reason) as string });
  });
});
