/** A map of one value per pixel, row by row. */
export interface FlatMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Maps are compared on so many fields a side, which forgives shifts of a few pixels. */
export const pooledSide = 28;

/** Means over at most side × side fields of nearly equal size, row by row. */
export function poolMap({ width, height, values }: FlatMap, side = pooledSide): Float64Array {
  const [columns, rows] = [Math.min(side, width), Math.min(side, height)];
  const [sums, counts] = [new Float64Array(columns * rows), new Float64Array(columns * rows)];
  for (const [pixel, value] of values.entries()) {
    const row = Math.floor((Math.floor(pixel / width) * rows) / height);
    const field = row * columns + Math.floor(((pixel % width) * columns) / width);
    sums[field] = (sums[field] ?? 0) + value;
    counts[field] = (counts[field] ?? 0) + 1;
  }
  return sums.map((sum, field) => sum / (counts[field] ?? 1));
}

/**
 * Spearman's rank correlation, -1 to 1: Pearson's correlation of ranks, ties with the mean of their ranks. NaN where all values of a side
 * are the same, as such a map has no order.
 */
export function spearman(left: Float64Array, right: Float64Array): number {
  return correlate(rank(left), rank(right));
}

/** Spearman's correlation of each map with each, pooled; maps of one size. */
export function compareMaps(maps: readonly FlatMap[]): readonly (readonly number[])[] {
  const ranks = maps.map((map) => rank(poolMap(map)));
  return ranks.map((left) => ranks.map((right) => correlate(left, right)));
}

function rank(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (let at = start; at < end; at++) ranks[order[at] ?? 0] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}

function correlate(left: Float64Array, right: Float64Array): number {
  const mean = (left.length - 1) / 2;
  let [product, ofLeft, ofRight] = [0, 0, 0];
  for (const [at, value] of left.entries()) {
    const [a, b] = [value - mean, (right[at] ?? 0) - mean];
    product += a * b;
    ofLeft += a * a;
    ofRight += b * b;
  }
  return ofLeft === 0 || ofRight === 0 ? NaN : product / Math.sqrt(ofLeft * ofRight);
}
