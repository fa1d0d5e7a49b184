import type { Planes } from '../planes.ts';
import type { Size } from '../resample.ts';

/**
 * A projective map of the plane, row by row: (x, y) goes to ((a x + b y + c) / w, (d x + e y + f) / w), w = g x + h y + i.
 * Coordinates are centers of pixels, from 0.
 */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** What lies outside of a picture: its mirror image (the edge is not repeated), or black. */
export type Surrounding = 'reflect' | 'black';

type Point = readonly [x: number, y: number];

export function project([a, b, c, d, e, f, g, h, i]: Matrix, [x, y]: Point): Point {
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

/** The map back: the adjugate, which is the inverse up to a factor that projection does not see. */
export function invert([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [
    ...([e * i - f * h, c * h - b * i, b * f - c * e] as const),
    ...([f * g - d * i, a * i - c * g, c * d - a * f] as const),
    ...([d * h - e * g, b * g - a * h, a * e - b * d] as const),
  ];
}

/** A picture in which each pixel is taken, bilinearly, from where the matrix sends it (torchvision: rotate, perspective). */
export function warpPlanes(planes: Planes, matrix: Matrix, surrounding: Surrounding): Planes {
  const { width, height, channels } = planes;
  const pixels = width * height;
  const values = new Float32Array(planes.values.length);
  for (let channel = 0; channel < channels; channel++) {
    const plane = { width, height, values: planes.values.subarray(channel * pixels, (channel + 1) * pixels) };
    for (let pixel = 0; pixel < pixels; pixel++) {
      const point = project(matrix, [pixel % width, Math.floor(pixel / width)]);
      values[channel * pixels + pixel] = sampleAt(plane, snap(point), surrounding);
    }
  }
  return { ...planes, values };
}

/** Of coordinates in pixels, and of shares. */
const ROUNDING = 1e-9;

/** Turns by right angles send pixels onto pixels; rounding errors of sines must not blend neighbours in. */
function snap([x, y]: Point): Point {
  const near = (value: number): number => (Math.abs(value - Math.round(value)) < ROUNDING ? Math.round(value) : value);
  return [near(x), near(y)];
}

interface Plane extends Size {
  readonly values: Float32Array;
}

function sampleAt(plane: Plane, [x, y]: Point, surrounding: Surrounding): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [shareX, shareY] = [x - left, y - top];
  const at = surrounding === 'reflect' ? reflected : inBlack;
  let sum = 0;
  if (shareX < 1 && shareY < 1) sum += (1 - shareX) * (1 - shareY) * at(plane, left, top);
  if (shareX > 0) sum += shareX * (1 - shareY) * at(plane, left + 1, top);
  if (shareY > 0) sum += (1 - shareX) * shareY * at(plane, left, top + 1);
  if (shareX > 0 && shareY > 0) sum += shareX * shareY * at(plane, left + 1, top + 1);
  return sum;
}

const reflected = ({ width, height, values }: Plane, x: number, y: number): number =>
  values[reflectIndex(y, height) * width + reflectIndex(x, width)] ?? 0;

const inBlack = ({ width, height, values }: Plane, x: number, y: number): number =>
  x < 0 || y < 0 || x >= width || y >= height ? 0 : (values[y * width + x] ?? 0);

/** Folded at the first and the last index until it lies between them. */
export function reflectIndex(index: number, count: number): number {
  if (count === 1) return 0;
  const period = 2 * (count - 1);
  const folded = ((index % period) + period) % period;
  return folded < count ? folded : period - folded;
}

/** A map on the grid of the picture it was carried back to. */
export interface CarriedMap extends Size {
  /** Zero where not valid. */
  readonly values: Float32Array;
  /** 1 where the changed picture shows this place of the original. */
  readonly valid: Uint8Array;
}

/**
 * A map of a warped picture, laid back onto the original: each pixel takes the value of where it had gone to, bilinearly. Values are
 * carried as they are, per pixel, also where the warp enlarges or shrinks. Valid is where all that is blended shows the original and
 * not what surrounds it.
 */
export function carryBack(map: Plane, matrix: Matrix): CarriedMap {
  const { width, height } = map;
  const forth = invert(matrix);
  const shown = findShown(map, matrix);
  const values = new Float32Array(map.values.length);
  const valid = new Uint8Array(map.values.length);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const place = snap(project(forth, [pixel % width, Math.floor(pixel / width)]));
    if (sampleAt(shown, place, 'black') < 1 - ROUNDING) continue;
    valid[pixel] = 1;
    values[pixel] = sampleAt(map, place, 'reflect');
  }
  return { width, height, values, valid };
}

/** 1 at pixels of the warped picture that were taken from inside the original. */
function findShown({ width, height }: Size, matrix: Matrix): Plane {
  const values = new Float32Array(width * height).map((_, pixel) => {
    const [x, y] = snap(project(matrix, [pixel % width, Math.floor(pixel / width)]));
    return x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1 ? 1 : 0;
  });
  return { width, height, values };
}
