import type { Extent, Point } from './stage-geometry.ts';

/** A rectangle of the picture, in its pixels. */
export interface Region extends Extent {
  readonly left: number;
  readonly top: number;
}

interface MapValues extends Extent {
  readonly values: Float32Array;
}

/** Share of the map's values that count as weak beside its strongest region. */
const weak = 0.99;

/**
 * The box, in map pixels, around the strongest value and all pixels that hang together with it (by an edge or a corner), have its
 * sign and are among the strongest hundredth by magnitude. Undefined where the map is nothing but zeros.
 */
export function findStrongestRegion({ width, height, values }: MapValues): Region | undefined {
  const magnitudes = values.map((value) => (Number.isNaN(value) ? 0 : Math.abs(value)));
  const peak = magnitudes.reduce((best, value, at) => (value > (magnitudes[best] ?? 0) ? at : best), 0);
  if ((magnitudes[peak] ?? 0) === 0) return undefined;
  const cutoff = Float32Array.from(magnitudes).sort()[Math.floor(weak * magnitudes.length)] ?? 0;
  const sign = Math.sign(values[peak] ?? 0);
  const isStrong = (at: number): boolean => (magnitudes[at] ?? 0) >= cutoff && Math.sign(values[at] ?? 0) === sign;
  const met = new Set([peak]);
  for (const at of met) {
    for (const next of listNeighbours(at, width, height)) if (isStrong(next)) met.add(next);
  }
  const [columns, rows] = [[...met].map((at) => at % width), [...met].map((at) => Math.floor(at / width))];
  const [left, top] = [Math.min(...columns), Math.min(...rows)];
  return { left, top, width: Math.max(...columns) - left + 1, height: Math.max(...rows) - top + 1 };
}

function listNeighbours(at: number, width: number, height: number): readonly number[] {
  const [column, row] = [at % width, Math.floor(at / width)];
  return [-1, 0, 1].flatMap((down) =>
    [-1, 0, 1]
      .filter((right) => column + right >= 0 && column + right < width && row + down >= 0 && row + down < height)
      .map((right) => at + down * width + right),
  );
}

/** A box of map pixels in the picture's pixels. */
export function projectRegion(box: Region, map: Extent, region: Region): Region {
  const [x, y] = [region.width / map.width, region.height / map.height];
  return {
    left: region.left + box.left * x,
    top: region.top + box.top * y,
    width: box.width * x,
    height: box.height * y,
  };
}

/** The map pixel that explains a point of the picture; undefined where the model did not look. */
export function findMapPixel(point: Point, map: Extent, region: Region): { column: number; row: number } | undefined {
  const column = Math.floor(((point.x - region.left) / region.width) * map.width);
  const row = Math.floor(((point.y - region.top) / region.height) * map.height);
  return column >= 0 && row >= 0 && column < map.width && row < map.height ? { column, row } : undefined;
}
