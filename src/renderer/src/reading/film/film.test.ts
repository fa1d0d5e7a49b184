import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createCurve } from '#shared/grey-window.ts';
import type { GreyFacts } from '#shared/contract/pictures.ts';
import { encodePicture, findQuantiles, halvePicture, paddingCode, type Samples } from './grey-codes.ts';
import { computeGreyTable } from './grey-table.ts';
import { describeWindow, listPresets, rangeWindow } from './window-presets.ts';
import { resolveWindow } from './window-state.ts';

const grey = (width: number, values: readonly number[]): Samples => ({
  ...{ width, height: values.length / width, channels: 1, values: Float32Array.from(values) },
});

describe('values as codes', () => {
  test('whole values come back exactly, others within half a step of 65,535', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -4096, max: 65_535, noNaN: true }), { minLength: 1, maxLength: 50 }),
        fc.boolean(),
        (numbers, isWhole) => {
          const values = Float32Array.from(numbers, (value) => (isWhole ? Math.round(value / 2) : value));
          const picture = encodePicture({ width: values.length, height: 1, channels: 1, values });
          const off = isWhole ? 0 : picture.step / 2 + 1e-9;
          values.forEach((value, pixel) => {
            const back = picture.low + (picture.codes[pixel] ?? 0) * picture.step;
            expect(Math.abs(back - value)).toBeLessThanOrEqual(off);
          });
        },
      ),
    );
  });

  it('keeps padding apart from every value', () => {
    const picture = encodePicture(grey(4, [NaN, -1000, 3000, NaN]));
    expect([...picture.codes]).toEqual([paddingCode, 0, 4000, paddingCode]);
    expect(computeGreyTable(picture, { window: rangeWindow(-1000, 3000), isTurned: true })[paddingCode]).toBe(0);
  });

  it.each([
    ['means of two by two', [0, 2, 10, 20, 4, 6, 30, 41], [3, 25]],
    ['padding left out', [NaN, 2, NaN, NaN, 4, NaN, NaN, NaN], [3, NaN]],
  ])('halves by %s', (_, values, expected) => {
    const halved = halvePicture(encodePicture(grey(4, values)));
    expect([halved.width, halved.height]).toEqual([2, 1]);
    const back = Array.from(halved.codes, (code) => (code === paddingCode ? NaN : halved.low + code * halved.step));
    expect(back).toEqual(expected);
  });

  test('quantiles are those of the sorted values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (values, share) => {
          const sorted = [...values].sort((one, other) => one - other);
          const picture = encodePicture(grey(values.length, values));
          expect(findQuantiles(picture, [share])).toEqual([sorted[Math.floor(share * sorted.length)]]);
        },
      ),
    );
  });
});

test('the table is the curve in 8 bits, and polarity is turned last', () => {
  const windows = fc.record({
    kind: fc.constant('window' as const),
    center: fc.integer({ min: -100, max: 400 }),
    width: fc.integer({ min: 1, max: 500 }),
    function: fc.constantFrom('LINEAR' as const, 'LINEAR_EXACT' as const, 'SIGMOID' as const),
    explanation: fc.constant(undefined),
  });
  fc.assert(
    fc.property(windows, fc.boolean(), (window, isTurned) => {
      const picture = encodePicture(grey(3, [-20, 100, 330]));
      const table = computeGreyTable(picture, { window, isTurned });
      for (const value of [-20, 0, 100, 250, 330]) {
        const level = Math.round(255 * createCurve(window)(value));
        expect(table[value + 20]).toBe(isTurned ? 255 - level : level);
      }
    }),
  );
});

describe('windows to choose from', () => {
  const facts = (more: Partial<GreyFacts>): GreyFacts => ({ windows: [], isInverted: false, bitsStored: 12, ...more });
  const picture = encodePicture(
    grey(
      1000,
      Array.from({ length: 1000 }, (_, at) => at),
    ),
  );
  const own = { kind: 'window', center: 500, width: 300, function: 'LINEAR' } as const;

  it("lists the file's own first, and begins with the first of them", () => {
    const { automatic, listed } = listPresets(
      picture,
      facts({ modality: 'CR', windows: [{ ...own, explanation: 'CHEST' }] }),
    );
    expect(automatic).toMatchObject({
      id: 'automatic',
      title: 'Automatic (CHEST)',
      window: { center: 500, width: 300 },
    });
    expect(listed.map(({ id }) => id)).toEqual(['file-0', 'full', 'robust', 'lung', 'soft', 'bone']);
  });

  it('has Hounsfield windows for Hounsfield units, shares of the pixels for radiographs, none for photographs', () => {
    const lungOf = (more: Partial<GreyFacts>): string => {
      const lung = listPresets(picture, facts(more)).listed.find(({ id }) => id === 'lung');
      return lung ? describeWindow(lung.window) : 'none';
    };
    expect(lungOf({ unit: 'HU', modality: 'CT' })).toBe('C \u2212600 W 1500');
    expect(lungOf({ modality: 'CR' })).toBe('C 305 W 590');
    expect(lungOf({ modality: 'CR', isInverted: true })).toBe('C 695 W 590');
    expect(lungOf({ modality: 'MR' })).toBe('none');
    expect(listPresets(picture, undefined).listed.map(({ id }) => id)).toEqual(['full', 'robust']);
  });

  it('keeps a choice where the next picture has it, and an own window for values of the same kind only', () => {
    const presets = listPresets(picture, facts({ windows: [own] }));
    const mine = { ...own, center: 1, explanation: undefined };
    expect(resolveWindow({ chosen: 'robust', own: {} }, presets, 'CR ').id).toBe('robust');
    expect(resolveWindow({ chosen: 'file-3', own: {} }, presets, 'CR ').id).toBe('automatic');
    expect(resolveWindow({ chosen: 'own', own: { 'CR ': mine } }, presets, 'CR ').window).toEqual(mine);
    expect(resolveWindow({ chosen: 'own', own: { 'CR ': mine } }, presets, 'CT HU').id).toBe('automatic');
  });
});
