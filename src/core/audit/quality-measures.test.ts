import { describe, expect, test } from 'vitest';
import { computeConservationResidual } from './conservation.ts';
import { computeFlippingArea, computeRelevanceGain } from './flipping-curve.ts';

describe('conservation residual', () => {
  test('by hand', () => {
    expect(computeConservationResidual(3, 4).value).toBeCloseTo(0.25, 8);
    expect(computeConservationResidual(-4, -4).value).toBe(0);
    expect(computeConservationResidual(2, -2).value).toBeCloseTo(2, 8);
  });

  test.each([
    [1, 0, /zero/],
    [NaN, 1, /not finite/],
  ])('of %d and %d is NaN with the reason', (sum, logit, reason) => {
    expect(computeConservationResidual(sum, logit)).toEqual({
      value: NaN,
      reason: expect.stringMatching(reason) as string,
    });
  });
});

describe('flipping curves', () => {
  test('area and gain by hand', () => {
    expect(computeFlippingArea([1, 0.5, 0])).toBe(0.5);
    // 0.875 - 0.25: areas of (1, 1, 0.5) are 0.875, of (1, 0, 0) 0.25.
    expect(computeRelevanceGain([1, 1, 0.5], [1, 0, 0]).value).toBeCloseTo(0.625, 12);
  });

  test('the same order gains nothing, and orders exchanged turn the sign', () => {
    const [a, b] = [[0.9, 0.8, 0.1], [0.9, 0.3, 0.1]]; // prettier-ignore
    expect(computeRelevanceGain(a, a).value).toBe(0);
    expect(computeRelevanceGain(b, a).value).toBeCloseTo(-computeRelevanceGain(a, b).value, 12);
  });

  test('of a single point is NaN with the reason', () => {
    expect(computeRelevanceGain([1], [1])).toEqual({
      value: NaN,
      reason: expect.stringMatching(/two points/) as string,
    });
  });
});
