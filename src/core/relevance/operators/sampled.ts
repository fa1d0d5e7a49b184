import type { Shape } from '../network/network.ts';

/** An axis of a sampled value: the batch, the channels, or an axis of places with its length. */
export type SampledAxis = 'batch' | 'channels' | number;

/** A sum of the source's places (row * width + column), each with its factor. */
export type PlaceSum = ReadonlyMap<number, number>;

/**
 * A picture-shaped value taken apart by stored indices: every number is a sum of places of the source, the same ones for every
 * picture and channel. Exporters write pools with windows of unequal size so; `findWindows` tells when one is complete.
 */
export interface Sampled {
  readonly kind: 'sampled';
  readonly source: { readonly name: string; readonly shape: Shape };
  readonly axes: readonly SampledAxis[];
  /** Over the axes of places, row-major in the order they stand. */
  readonly sums: readonly PlaceSum[];
}

/** A position on the axes of places. */
type Position = readonly number[];

/** Most places in a picture, and in all windows of a pool together. */
export const mostPlaces = 2 ** 14;

/** A whole value [batch, channels, height, width], every place by itself; undefined for values that are no pictures. */
export function samplePicture(source: Sampled['source']): Sampled | undefined {
  const [batch, , height, width] = source.shape;
  if (source.shape.length !== 4 || batch !== 'batch' || typeof height !== 'number' || typeof width !== 'number')
    return undefined;
  if (height * width > mostPlaces) return undefined;
  const sums = Array.from({ length: height * width }, (_, place) => new Map([[place, 1]]));
  return { kind: 'sampled', source, axes: ['batch', 'channels', height, width], sums };
}

export const placeAxes = (axes: readonly SampledAxis[]): number[] => axes.filter((axis) => typeof axis === 'number');

/** How many of the axes before `axis` are axes of places; undefined where it is none itself. */
export function placeAxisAt({ axes }: Sampled, axis: number): number | undefined {
  const at = axis < 0 ? axis + axes.length : axis;
  return typeof axes[at] === 'number' ? placeAxes(axes.slice(0, at)).length : undefined;
}

/** The same value with other axes; `find` tells where the number at a new position stood. undefined where nothing stood there. */
export function rearrange(
  sampled: Sampled,
  axes: readonly SampledAxis[],
  find: (position: Position) => Position,
): Sampled | undefined {
  const [from, to] = [placeAxes(sampled.axes), placeAxes(axes)];
  const count = to.reduce((a, b) => a * b, 1);
  if (count > mostPlaces) return undefined;
  const sums = Array.from({ length: count }, (_, index) => sampled.sums[indexOf(find(positionOf(index, to)), from)]);
  return sums.every((sum) => sum !== undefined) ? { ...sampled, axes, sums } : undefined;
}

/** Changes every sum by a constant, `values` of shape `dims` broadcast over the value; undefined where it does not fit. */
export function changeSums(
  sampled: Sampled,
  { values, dims }: { values: readonly number[]; dims: readonly number[] },
  change: (sum: PlaceSum, value: number) => PlaceSum,
): Sampled | undefined {
  const lacking = sampled.axes.length - dims.length;
  const fits = dims.every((size, i) => size === 1 || size === sampled.axes[lacking + i]);
  if (lacking < 0 || !fits) return undefined;
  // The constant's step along each axis of places: 0 where it is broadcast.
  const steps = sampled.axes.flatMap((axis, i) => {
    if (typeof axis !== 'number') return [];
    const size = dims[i - lacking] ?? 1;
    return [size === 1 ? 0 : dims.slice(i - lacking + 1).reduce((a, b) => a * b, 1)];
  });
  const sizes = placeAxes(sampled.axes);
  const sums = sampled.sums.map((sum, index) => {
    const at = positionOf(index, sizes).reduce((offset, place, i) => offset + place * (steps[i] ?? 0), 0);
    return change(sum, values[at] ?? NaN);
  });
  return { ...sampled, sums };
}

/** Sums over axes of places, which stay as axes of length 1 where `keep` says so. */
export function sumOverAxes(sampled: Sampled, summed: readonly number[], keep: boolean): Sampled {
  const axes = sampled.axes.flatMap((axis, i) => (summed.includes(i) ? (keep ? [1] : []) : [axis]));
  const sizes = placeAxes(sampled.axes);
  const places = summed.map((axis) => placeAxisAt(sampled, axis));
  const keptSizes = sizes.filter((_, i) => !places.includes(i));
  const sums = Array.from({ length: keptSizes.reduce((a, b) => a * b, 1) }, () => new Map<number, number>());
  sampled.sums.forEach((sum, index) => {
    const kept = positionOf(index, sizes).filter((_, i) => !places.includes(i));
    addTo(sums[indexOf(kept, keptSizes)] ?? new Map<number, number>(), sum);
  });
  return { ...sampled, axes, sums };
}

/** Terms of both, factors added. */
export function addSums(a: PlaceSum, b: PlaceSum): PlaceSum {
  const total = new Map(a);
  addTo(total, b);
  return total;
}

function addTo(total: Map<number, number>, sum: PlaceSum): void {
  sum.forEach((factor, place) => total.set(place, (total.get(place) ?? 0) + factor));
}

export const scaleSum = (sum: PlaceSum, factor: number): PlaceSum =>
  new Map([...sum].map(([place, own]) => [place, own * factor]));

export function positionOf(index: number, sizes: readonly number[]): number[] {
  let rest = index;
  return sizes
    .toReversed()
    .map((size) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at;
    })
    .reverse();
}

/** -1 outside the axes. */
export function indexOf(position: Position, sizes: readonly number[]): number {
  const inside = position.length === sizes.length && position.every((at, i) => at >= 0 && at < (sizes[i] ?? 0));
  return inside ? position.reduce((index, at, i) => index * (sizes[i] ?? 1) + at, 0) : -1;
}
