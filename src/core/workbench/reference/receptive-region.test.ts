import { describe, expect, it } from 'vitest';
import { createNormalValues } from '#core/networks/index.ts';
import { blur, findReceptiveRegion, widenBox } from './receptive-region.ts';

const spot = (width: number, height: number, ...places: readonly (readonly [number, number])[]): Float32Array => {
  const values = new Float32Array(width * height);
  for (const [x, y] of places) values[y * width + x] = 1;
  return values;
};

/** The blur as a sum over two axes at once, said plainly. */
function blurPlainly(values: Float32Array, width: number, height: number): readonly number[] {
  const weight = (distance: number): number => Math.exp((-0.5 * distance ** 2) / 3.2 ** 2);
  const total = Array.from({ length: 19 }, (_, i) => weight(i - 9)).reduce((sum, value) => sum + value);
  const mirrored = (at: number, length: number): number => {
    if (at < 0) return mirrored(-at, length);
    return at >= length ? mirrored(2 * (length - 1) - at, length) : at;
  };
  return Array.from({ length: width * height }, (_, index) => {
    let sum = 0;
    for (let dy = -9; dy <= 9; dy++) {
      for (let dx = -9; dx <= 9; dx++) {
        const [x, y] = [mirrored((index % width) + dx, width), mirrored(Math.floor(index / width) + dy, height)];
        sum += (values[y * width + x] ?? NaN) * weight(dx) * weight(dy);
      }
    }
    return sum / total ** 2;
  });
}

describe('the blur', () => {
  it.each([[31, 24], [7, 12], [2, 3]])('of %d by %d is the plain one', (width, height) => {
    const values = createNormalValues('map', width * height);
    const plain = blurPlainly(values, width, height);
    blur({ width, height, values }).forEach((value, index) => {
      expect(Math.abs(value - (plain[index] ?? NaN))).toBeLessThan(1e-9);
    });
  }); // prettier-ignore

  it('of a single column or row stays finite', () => {
    expect([...blur({ width: 1, height: 1, values: Float32Array.of(3) })][0]).toBeCloseTo(3);
  });
});

describe('the region of a neuron', () => {
  it('is where the blurred map is above a tenth of its peak, its last row and column included', () => {
    const [width, height] = [60, 50];
    const { box, focus, isEmpty } = findReceptiveRegion({ width, height, values: spot(width, height, [20, 30]) });
    const plain = blurPlainly(spot(width, height, [20, 30]), width, height);
    const peak = Math.max(...plain);
    const above = plain.flatMap((value, index) => (value / peak > 0.1 ? [index] : []));
    const [columns, rows] = [above.map((index) => index % width), above.map((index) => Math.floor(index / width))];
    expect(box).toEqual({
      ...{ left: Math.min(...columns), top: Math.min(...rows) },
      ...{ width: Math.max(...columns) - Math.min(...columns) + 1, height: Math.max(...rows) - Math.min(...rows) + 1 },
    });
    // A Gaussian is symmetric about the spot: 6 pixels on each side.
    expect(box).toEqual({ left: 14, top: 24, width: 13, height: 13 });
    expect([isEmpty, focus.values[30 * width + 20]]).toEqual([false, expect.closeTo(1, 6)]);
  });

  it('reaches to the edge', () => {
    const { box } = findReceptiveRegion({ width: 40, height: 40, values: spot(40, 40, [39, 39]) });
    expect([box.left + box.width, box.top + box.height]).toEqual([40, 40]);
  });

  it('is the whole picture where nothing is above zero, and says so', () => {
    for (const values of [new Float32Array(400), new Float32Array(400).fill(-1)]) {
      const found = findReceptiveRegion({ width: 20, height: 20, values });
      expect(found).toMatchObject({ isEmpty: true, box: { left: 0, top: 0, width: 20, height: 20 } });
      expect(found.focus.values.every((value) => value === 0)).toBe(true);
    }
  });
});

describe('a box that is widened', () => {
  const map = { width: 100, height: 80 };

  it.each([
    [
      { left: 10, top: 10, width: 30, height: 30 },
      { left: 10, top: 10, width: 30, height: 30 },
    ],
    [
      { left: 50, top: 20, width: 10, height: 40 },
      { left: 40, top: 20, width: 30, height: 40 },
    ],
    [
      { left: 0, top: 20, width: 10, height: 40 },
      { left: 0, top: 20, width: 30, height: 40 },
    ],
    [
      { left: 95, top: 20, width: 5, height: 40 },
      { left: 70, top: 20, width: 30, height: 40 },
    ],
    [
      { left: 0, top: 78, width: 100, height: 2 },
      { left: 0, top: 5, width: 100, height: 75 },
    ],
  ])('%j stays inside', (box, expected) => {
    expect(widenBox(box, map)).toEqual(expected);
  });
});
