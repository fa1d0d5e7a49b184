import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pictureGrid } from './mark-grid.ts';
import { coverMask } from './mask-to-grid.ts';

describe('a drawn mask on a grid', () => {
  test('half size: each pixel holds the share of the four below it', () => {
    const mask = { width: 4, height: 2, pixels: Uint8Array.of(1, 0, 1, 1, 0, 0, 1, 1) };
    const grid = { width: 2, height: 1, region: { left: 0, top: 0, width: 4, height: 2 } };
    expect([...coverMask(mask, grid, mask)]).toEqual([0.25, 1]);
  });

  test('a mask of another size than its picture covers all of it', () => {
    const mask = { width: 2, height: 1, pixels: Uint8Array.of(0, 1) };
    expect([...coverMask(mask, pictureGrid(4, 2), { width: 4, height: 2 })]).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
  });

  test('a part of the picture', () => {
    const mask = { width: 4, height: 1, pixels: Uint8Array.of(1, 1, 0, 0) };
    const grid = { width: 1, height: 1, region: { left: 1, top: 0, width: 2, height: 1 } };
    expect([...coverMask(mask, grid, mask)]).toEqual([0.5]);
  });

  test('the covered area stays what it is at every size', () => {
    const pixels = fc.uint8Array({ minLength: 30, maxLength: 30, max: 1 });
    fc.assert(
      fc.property(pixels, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (drawn, width, height) => {
        const mask = { width: 6, height: 5, pixels: drawn };
        const grid = { width, height, region: { left: 0, top: 0, width: 6, height: 5 } };
        const area = coverMask(mask, grid, mask).reduce((sum, share) => sum + share * (30 / (width * height)), 0);
        expect(area).toBeCloseTo(
          drawn.reduce((sum, inside) => sum + inside, 0),
          4,
        );
      }),
    );
  });
});
