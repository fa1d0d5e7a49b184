import { alterPlanes, isImpossible, parseVariants, type Planes } from '#core/imaging/index.ts';
import { createRandomWords } from '#shared/random-words.ts';

/** Regions a side, where the picture is large enough. */
const MOST_REGIONS = 14;
const SMALLEST_REGION = 8;
const STEPS = 7;

/** Regions by the relevance in them, least first. */
export function orderRegions({ width, height }: Planes, map: Float32Array): readonly number[] {
  const side = regionsASide(Math.min(width, height));
  const sums = new Float64Array(side * side);
  map.forEach((value, pixel) => {
    const region = regionOf(pixel, { width, height, side });
    sums[region] = (sums[region] ?? 0) + value;
  });
  return Array.from(sums.keys()).sort((a, b) => (sums[a] ?? 0) - (sums[b] ?? 0) || a - b);
}

/** An order that chance decides. */
export function drawOrder(order: readonly number[], seedText: string): readonly number[] {
  const word = createRandomWords(seedText);
  return order.map((region) => ({ region, key: word() })).sort((a, b) => a.key - b.key).map(({ region }) => region); // prettier-ignore
}

/** The picture with 0 to 7 sevenths of its regions replaced by the blurred picture, in an order. */
export function flipRegions(planes: Planes, blurred: Planes, order: readonly number[]): readonly Planes[] {
  const { width, height, values } = planes;
  const side = regionsASide(Math.min(width, height));
  const rank = new Map(order.map((region, at) => [region, at]));
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const gone = Math.round((order.length * step) / STEPS);
    const isGone = (at: number): boolean =>
      (rank.get(regionOf(at % (width * height), { width, height, side })) ?? Infinity) < gone;
    return { ...planes, values: values.map((value, at) => (isGone(at) ? (blurred.values[at] ?? 0) : value)) };
  });
}

/** What regions are replaced by: the picture blurred over the width of a region. Undefined for pictures of a few pixels. */
export function blurAway(planes: Planes): Planes | undefined {
  const shorter = Math.min(planes.width, planes.height);
  const sigma = Math.max(1, Math.round(shorter / regionsASide(shorter)));
  const [blur] = parseVariants([`blur:sigma=${sigma}:kernel=${4 * sigma + 1}`], 1);
  const outcome = blur && alterPlanes(planes, blur, '');
  return outcome && !isImpossible(outcome) ? outcome.planes : undefined;
}

const regionsASide = (shorter: number): number =>
  Math.max(1, Math.min(MOST_REGIONS, Math.floor(shorter / SMALLEST_REGION)));

interface RegionGrid {
  readonly width: number;
  readonly height: number;
  readonly side: number;
}

function regionOf(pixel: number, { width, height, side }: RegionGrid): number {
  const [x, y] = [pixel % width, Math.floor(pixel / width)];
  return Math.floor((y * side) / height) * side + Math.floor((x * side) / width);
}
