import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCurve, createRangeCurve, createWindowCurve, windowFunctions } from './grey-window.ts';
import type { WindowFunction, WindowSetting } from './grey-window.ts';

/** The formulas of PS3.3 sections C.11.2.1.2.1, C.11.2.1.3.1 and C.11.2.1.3.2 as they are printed, y from 0 to 1. */
const formulas: Readonly<Record<WindowFunction, (x: number, c: number, w: number) => number>> = {
  LINEAR: (x, c, w) => {
    if (x <= c - 0.5 - (w - 1) / 2) return 0;
    if (x > c - 0.5 + (w - 1) / 2) return 1;
    return (x - (c - 0.5)) / (w - 1) + 0.5;
  },
  LINEAR_EXACT: (x, c, w) => {
    if (x <= c - w / 2) return 0;
    if (x > c + w / 2) return 1;
    return (x - c) / w + 0.5;
  },
  SIGMOID: (x, c, w) => 1 / (1 + Math.exp((-4 * (x - c)) / w)),
};

const center = fc.double({ min: -3000, max: 70_000, noNaN: true });
const width = fc.double({ min: 1, max: 70_000, noNaN: true });

describe('window functions', () => {
  it.each(windowFunctions)('%s is the formula of the standard', (name) => {
    fc.assert(
      fc.property(center, width, fc.double({ min: -3, max: 3, noNaN: true }), (c, w, step) => {
        const curve = createWindowCurve({ center: c, width: w, function: name });
        for (const x of [c + step * w, c, c - w / 2, c + w / 2, c - 0.5 - (w - 1) / 2, c - 0.5 + (w - 1) / 2]) {
          expect(curve(x)).toBeCloseTo(formulas[name](x, c, w), 12);
        }
      }),
    );
  });

  // The standard's own examples of LINEAR: c 2048, w 4096; c 2048, w 1; c 0, w 100; c 0, w 1.
  it.each([
    [2048, 4096, 0, 0],
    [2048, 4096, 1, 1 / 4095],
    [2048, 4096, 4094, 4094 / 4095],
    [2048, 4096, 4095, 1],
    [2048, 1, 2047, 0],
    [2048, 1, 2048, 1],
    [0, 100, -50, 0],
    [0, 100, -49, 1 / 99],
    [0, 100, 48, 98 / 99],
    [0, 100, 49, 1],
    [0, 1, -1, 0],
    [0, 1, 0, 1],
  ])('LINEAR with center %d and width %d shows %d as %d', (...[c, w, x, y]) => {
    expect(createWindowCurve({ center: c, width: w })(x)).toBeCloseTo(y, 12);
  });

  it('SIGMOID is half at its center and reaches neither end', () => {
    const curve = createWindowCurve({ center: 10, width: 4, function: 'SIGMOID' });
    expect(curve(10)).toBe(0.5);
    expect(curve(12)).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
    expect(curve(-1e6)).toBe(0);
    expect(curve(1e6)).toBe(1);
  });

  it.each([
    [{ center: 1, width: 0.99 }, 'at least 1'],
    [{ center: 1, width: 0, function: 'LINEAR_EXACT' }, 'more than 0'],
    [{ center: 1, width: -3, function: 'SIGMOID' }, 'more than 0'],
    [{ center: NaN, width: 3 }, 'no number'],
    [{ center: 1, width: Infinity }, 'no number'],
  ] as [WindowSetting, string][])('%o is refused', (setting, reason) => {
    expect(() => createWindowCurve(setting)).toThrow(reason);
  });
});

describe('lookup tables and ranges', () => {
  it('a table shows its entries as shares of white, the end ones beyond its ends', () => {
    const table = { first: -2, entries: Uint16Array.of(0, 100, 1023), bits: 10 };
    const curve = createCurve({ kind: 'table', table, explanation: undefined });
    expect([-9, -2, -1.2, 0, 7].map(curve)).toEqual([0, 0, 100 / 1023, 1, 1]);
  });

  it('a range goes from black to white; a single value is black', () => {
    expect([-5, 0, 5].map(createRangeCurve([-5, 5]))).toEqual([0, 0.5, 1]);
    expect([7].map(createRangeCurve([7, 7]))).toEqual([0]);
  });
});
