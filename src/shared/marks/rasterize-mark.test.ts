import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pictureGrid } from './mark-grid.ts';
import type { MarkShape } from './mark-shape.ts';
import { coverMark, rasterizeMark } from './rasterize-mark.ts';

/** Rows of a mask as text. */
const draw = (mask: ArrayLike<number>, width: number): string[] =>
  Array.from({ length: mask.length / width }, (_, row) =>
    Array.from({ length: width }, (_cell, column) => (mask[row * width + column] ? '#' : '.')).join(''),
  );

const rectangle = (...[left, top, width, height]: readonly [number, number, number, number]): MarkShape => ({
  ...{ form: 'rectangle', left, top, width, height },
});

describe('a mark on the picture itself', () => {
  test('holds the pixels whose middle it holds', () => {
    expect(draw(rasterizeMark(rectangle(1, 0.6, 2, 1), pictureGrid(4, 3)), 4)).toEqual(['....', '.##.', '....']);
    expect(draw(rasterizeMark(rectangle(1, 0.5, 2, 1), pictureGrid(4, 3)), 4)).toEqual(['.##.', '....', '....']);
  });

  test('ellipse fills its box', () => {
    const shape: MarkShape = { form: 'ellipse', left: 0, top: 0, width: 5, height: 5 };
    expect(draw(rasterizeMark(shape, pictureGrid(5, 5)), 5)).toEqual(['.###.', '#####', '#####', '#####', '.###.']);
  });

  test('polygon that crosses itself is filled by the even-odd rule', () => {
    const bowTie: MarkShape = { form: 'polygon', points: [[0, 0], [4, 4], [4, 0], [0, 4]] }; // prettier-ignore
    expect(draw(rasterizeMark(bowTie, pictureGrid(4, 4)), 4)).toEqual(draw(plainBowTie(), 4));
  });

  test('brush: the last stroke decides, so that erasing takes away and painting again brings back', () => {
    const line = { radius: 0.6, points: [[0.5, 0.5], [4.5, 0.5]] as [number, number][], erases: false }; // prettier-ignore
    const dot = (x: number, erases: boolean): typeof line => ({ radius: 0.6, points: [[x, 0.5]], erases });
    const shape: MarkShape = { form: 'brush', strokes: [line, dot(1.5, true), dot(3.5, true), dot(3.5, false)] };
    expect(draw(rasterizeMark(shape, pictureGrid(5, 2)), 5)).toEqual(['#.###', '.....']);
  });
});

/** The bow tie's left and right triangle: |y - 2| < |x - 2|; of its outline the part that has the inside to its right. */
function plainBowTie(): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, at) => {
    const [x, y] = [(at % 4) + 0.5, Math.floor(at / 4) + 0.5];
    const [dx, dy] = [x - 2, y - 2];
    return Math.abs(dy) < Math.abs(dx) || (Math.abs(dy) === Math.abs(dx) && dx > 0) ? 1 : 0;
  });
}

describe('a mark on another grid', () => {
  test('what a model sees of it: half size, the right half of the picture', () => {
    const grid = { width: 2, height: 2, region: { left: 4, top: 0, width: 4, height: 4 } };
    expect(draw(rasterizeMark(rectangle(6, 0, 2, 2), grid), 2)).toEqual(['.#', '..']);
  });

  test('covers by area: a quarter of a pixel, and two pixels by half each', () => {
    const quarter = coverMark(rectangle(0, 0, 1, 1), {
      width: 1,
      height: 1,
      region: { left: 0, top: 0, width: 2, height: 2 },
    });
    expect([...quarter]).toEqual([0.25]);
    expect([...coverMark(rectangle(0.5, 0, 1, 1), pictureGrid(2, 1))]).toEqual([0.5, 0.5]);
  });

  test('a mark off the picture covers nothing', () => {
    expect(Math.max(...coverMark(rectangle(-30, -30, 5, 5), pictureGrid(8, 8)))).toBe(0);
  });

  test('coverage adds up to the area, whatever the grid', () => {
    const coordinate = fc.double({ min: 1, max: 20, noNaN: true });
    const shapes = fc
      .tuple(coordinate, coordinate, coordinate, coordinate)
      .map(([a, b, c, d]) => rectangle(a, b, c, d));
    fc.assert(
      fc.property(shapes, fc.integer({ min: 20, max: 60 }), (shape, size) => {
        const grid = { width: size, height: size, region: { left: 0, top: 0, width: 50, height: 50 } };
        const pixel = (50 / size) ** 2;
        const area = coverMark(shape, grid).reduce((sum, share) => sum + share * pixel, 0);
        const { width, height } = shape as { width: number; height: number };
        // Each side is off by at most half a step of the lattice at both of its ends.
        const step = 50 / size / 8;
        expect(Math.abs(area - width * height)).toBeLessThanOrEqual(step * (width + height) + step ** 2 + 1e-6);
      }),
    );
  });
});
