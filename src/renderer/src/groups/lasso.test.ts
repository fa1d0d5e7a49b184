import { expect, it } from 'vitest';
import { findNearest, isWithin, listWithin, type Place } from './lasso.ts';

const horseshoe: readonly Place[] = [[0, 0], [1, 0], [1, 1], [0.7, 1], [0.7, 0.3], [0.3, 0.3], [0.3, 1], [0, 1]]; // prettier-ignore

it.each([
  [[0.1, 0.9], true],
  [[0.9, 0.9], true],
  [[0.5, 0.1], true],
  [[0.5, 0.7], false],
  [[1.2, 0.5], false],
] as const)('%j lies in a horseshoe: %s', (place, isIn) => {
  expect(isWithin(place, horseshoe)).toBe(isIn);
  expect(isWithin(place, horseshoe.toReversed())).toBe(isIn);
});

const points = [
  { id: 7, x: 0.1, y: 0.9 },
  { id: 8, x: 0.5, y: 0.7 },
];

it('lists what a line goes round', () => {
  expect(listWithin(points, horseshoe)).toEqual([7]);
  expect(listWithin(points, [])).toEqual([]);
});

it('finds the nearest within reach, which may be further along one axis', () => {
  expect(findNearest(points, [0.45, 0.7], [0.1, 0.1])?.id).toBe(8);
  expect(findNearest(points, [0.3, 0.8], [0.1, 0.1])).toBeUndefined();
  expect(findNearest(points, [0.32, 0.8], [0.3, 0.3])?.id).toBe(8);
});
