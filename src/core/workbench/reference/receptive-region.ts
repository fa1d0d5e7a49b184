/**
 * The part of a picture that one neuron looks at, from its heatmap, as zennit-crp shows references (Achtibat et al. 2023): the map is
 * blurred, and what stays above a tenth of its maximum is the region, above a fifth the concept's own.
 */

export interface NeuronMap {
  readonly width: number;
  readonly height: number;
  /** Row by row. */
  readonly values: Float32Array;
}

/** Whole pixels of the map. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface ReceptiveRegion {
  readonly box: PixelBox;
  /** The map blurred, its maximum at 1; zero where nothing on the map is above zero. */
  readonly focus: NeuronMap;
  /** Nothing of the map is above zero, so the box is the whole picture. */
  readonly isEmpty: boolean;
}

const KERNEL_SIZE = 19;
/** As OpenCV derives it from the size: 0.3 ((19 - 1) / 2 - 1) + 0.8. */
const SIGMA = 3.2;
const STABILIZER = 1e-10;
const CROP_ABOVE = 0.1;
const NARROWEST = 0.75;

/** What is masked: pixels at which the focus is at most this. */
export const MASK_UP_TO = 0.2;

export function findReceptiveRegion(map: NeuronMap): ReceptiveRegion {
  const blurred = blur(map);
  const peak = blurred.reduce((max, value) => Math.max(max, value), 0);
  const { width, height } = map;
  const whole = { left: 0, top: 0, width, height };
  if (peak === 0) {
    const focus = { width, height, values: new Float32Array(width * height) };
    return { box: whole, focus, isEmpty: true };
  }
  const values = Float32Array.from(blurred, (value) => value / (peak + STABILIZER));
  return { box: boxAbove({ width, height, values }, CROP_ABOVE), focus: { width, height, values }, isEmpty: false };
}

/** With its last row and column, which the reference library loses. */
function boxAbove({ width, height, values }: NeuronMap, threshold: number): PixelBox {
  let [left, right, top, bottom] = [width, -1, height, -1];
  values.forEach((value, index) => {
    if (value <= threshold) return;
    const [x, y] = [index % width, Math.floor(index / width)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  });
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** A box widened about its middle, as far as the map goes, until it is neither narrower nor flatter than 3 to 4. */
export function widenBox({ left, top, width, height }: PixelBox, map: Pick<NeuronMap, 'width' | 'height'>): PixelBox {
  const widen = (
    start: number,
    [length, wanted]: readonly [number, number],
    limit: number,
  ): readonly [number, number] => {
    const widened = Math.min(limit, Math.max(length, wanted));
    const middle = start - Math.floor((widened - length) / 2);
    return [Math.min(limit - widened, Math.max(0, middle)), widened];
  };
  const [x, columns] = widen(left, [width, Math.round(height * NARROWEST)], map.width);
  const [y, rows] = widen(top, [height, Math.round(width * NARROWEST)], map.height);
  return { left: x, top: y, width: columns, height: rows };
}

/** Gaussian, one axis after the other, the picture mirrored about its outermost pixels. */
export function blur({ width, height, values }: NeuronMap): Float64Array {
  const kernel = gaussianKernel();
  const along = (source: ArrayLike<number>, length: number, step: number): Float64Array =>
    Float64Array.from({ length: width * height }, (_, index) => {
      const place = Math.floor(index / step) % length;
      const first = index - place * step;
      let sum = 0;
      kernel.forEach((weight, tap) => {
        const at = mirror(place + tap - (KERNEL_SIZE - 1) / 2, length);
        sum += weight * (source[first + at * step] ?? 0);
      });
      return sum;
    });
  return along(along(values, width, 1), height, width);
}

function gaussianKernel(): Float64Array {
  const weights = Float64Array.from({ length: KERNEL_SIZE }, (_, tap) =>
    Math.exp(-((tap - (KERNEL_SIZE - 1) / 2) ** 2) / (2 * SIGMA ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** -1 is 1, `length` is `length - 2`, however often the mirrors meet. */
function mirror(place: number, length: number): number {
  const period = Math.max(1, 2 * (length - 1));
  const at = ((place % period) + period) % period;
  return at < length ? at : period - at;
}
