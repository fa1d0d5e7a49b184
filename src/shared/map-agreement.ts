/** Share of a map's pixels that count as its most important. */
export const topShare = 0.1;

/**
 * How many maps have each pixel among their most important: the `topShare` of pixels with the largest values, as far as they are
 * above zero. Pixels as large as the least of them count too. Maps are of one size, with evidence for the class above zero.
 */
export function countAgreement(maps: readonly Float32Array[]): Float32Array {
  const counts = new Float32Array(maps[0]?.length ?? 0);
  for (const map of maps) {
    const least = findLeastOfTop(map);
    for (const [pixel, value] of map.entries()) {
      if (value > 0 && value >= least) counts[pixel] = (counts[pixel] ?? 0) + 1;
    }
  }
  return counts;
}

function findLeastOfTop(map: Float32Array): number {
  const rising = map.toSorted();
  return rising[rising.length - Math.max(1, Math.ceil(topShare * rising.length))] ?? Infinity;
}
