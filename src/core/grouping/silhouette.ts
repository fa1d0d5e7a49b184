import { squaredDistance } from './nearest-neighbours.ts';
import { createBreather, type WorkPace } from './work-pace.ts';

/**
 * Silhouette widths (Rousseeuw 1987): (b - a) / max(a, b), a being the mean distance to the others of the own group and b the least mean distance to
 * another group; 0 in a group of one. 1: far from all others, 0: between two groups, below: nearer to another group than to its own.
 */
export async function computeSilhouettes(
  vectors: readonly ArrayLike<number>[],
  groups: readonly number[],
  pace: WorkPace,
): Promise<Float64Array> {
  const breathe = createBreather(pace, 'silhouettes');
  const count = Math.max(-1, ...groups) + 1;
  const sizes = new Float64Array(count);
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1;
  const widths = new Float64Array(vectors.length);
  for (const [at, vector] of vectors.entries()) {
    const sums = new Float64Array(count);
    vectors.forEach((other, to) => {
      const group = groups[to] ?? 0;
      sums[group] = (sums[group] ?? 0) + Math.sqrt(squaredDistance(vector, other));
    });
    widths[at] = widthOf(sums, sizes, groups[at] ?? 0);
    await breathe(at + 1, vectors.length);
  }
  return widths;
}

function widthOf(sums: Float64Array, sizes: Float64Array, own: number): number {
  const size = sizes[own] ?? 0;
  if (size < 2) return 0;
  const within = (sums[own] ?? 0) / (size - 1);
  const between = Math.min(...Array.from(sums, (sum, group) => (group === own ? Infinity : sum / (sizes[group] ?? 1))));
  const larger = Math.max(within, between);
  return larger === 0 || between === Infinity ? 0 : (between - within) / larger;
}
