import { drawPlaces } from '../../collection/draw-places.ts';

export interface DrawChoice {
  readonly count: number;
  readonly seed: number;
  /** As many of each class as of any other, as far as there are so many. */
  readonly balanced: boolean;
}

/**
 * Draws samples in an order the seed decides: the same samples, number and seed give the same queue. Fewer than asked for come
 * only where there are no more.
 */
export function drawQueue(
  classes: readonly (readonly number[])[],
  { count, seed, balanced }: DrawChoice,
): readonly number[] {
  const pools = balanced ? classes : [classes.flat()];
  const shares = shareOut(
    pools.map((pool) => pool.length),
    count,
  );
  const drawn = pools.flatMap((pool, index) => {
    const places = [...drawPlaces(pool.length, `queue ${seed} class ${index}`)];
    return places.slice(0, shares[index]).map((place) => pool[place] ?? -1);
  });
  // Otherwise one class would come after the other.
  return [...drawPlaces(drawn.length, `queue ${seed} order`)].map((place) => drawn[place] ?? -1);
}

/** How many to take of each, one by one in turn until there are enough or no more. */
export function shareOut(sizes: readonly number[], count: number): readonly number[] {
  const shares = sizes.map(() => 0);
  let left = Math.min(
    count,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  while (left > 0) {
    for (const [index, size] of sizes.entries()) {
      const share = shares[index] ?? 0;
      if (left === 0 || share >= size) continue;
      shares[index] = share + 1;
      left--;
    }
  }
  return shares;
}
