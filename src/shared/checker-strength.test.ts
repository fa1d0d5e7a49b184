import { expect, test } from 'vitest';
import { checkerOfNoise, measureChecker } from './checker-strength.ts';
import type { FlatMap } from './map-similarity.ts';

const draw = (value: (x: number, y: number) => number, width = 16, height = 16): FlatMap => ({
  ...{ width, height },
  values: Float32Array.from({ length: width * height }, (_, at) => value(at % width, Math.floor(at / width))),
});
const alternate = (at: number): number => (at % 2 === 0 ? 1 : -1);

test('a pattern of single pixels is all there is beside the mean', () => {
  expect(measureChecker(draw((x) => 5 + alternate(x)))).toBeCloseTo(1, 10);
  expect(measureChecker(draw((_, y) => 5 + alternate(y)))).toBeCloseTo(1, 10);
  expect(measureChecker(draw((x, y) => -2 + alternate(x + y)))).toBeCloseTo(1, 10);
  // Every second pixel of every second row, as a stride of two leaves them: all three at once.
  expect(measureChecker(draw((x, y) => (x % 2 === 0 && y % 2 === 0 ? 3 : 0)))).toBeCloseTo(1, 10);
});

test('half of the energy at another frequency leaves half', () => {
  // A cosine of four pixels has energy 1/2 a pixel, so has an alternation of height sqrt(1/2).
  const map = draw((x) => Math.cos((Math.PI / 2) * x) + Math.sqrt(1 / 2) * alternate(x));
  expect(measureChecker(map)).toBeCloseTo(0.5, 6);
});

test('a ramp, by hand', () => {
  // A row 0 to 7: alternating sum -4, so 4² * 8² / 64 = 16; squares about the mean 42 in each of 8 rows.
  expect(measureChecker(draw((x) => x % 8))).toBeCloseTo(16 / 336, 6);
});

test('strong blocks count most; noise has 3 of 63 frequencies', () => {
  const strong = draw((x) => (x < 8 ? 10 * alternate(x) : Math.cos((Math.PI / 2) * x)));
  expect(measureChecker(strong)).toBeCloseTo(100 / 100.5, 5);
  let state = 1;
  const noise = draw(() => (state = (state * 48271) % 2147483647) / 2147483647, 256, 256);
  expect(measureChecker(noise)).toBeCloseTo(checkerOfNoise, 2);
});

test('where there is nothing to measure, there is no number', () => {
  expect(measureChecker(draw(() => 3.3))).toBeNaN();
  expect(measureChecker(draw((x) => alternate(x), 7, 16))).toBeNaN();
});
