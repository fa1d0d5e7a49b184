import { createBreather, type WorkPace } from './work-pace.ts';

/** For each vector its nearest others, the nearest first. */
export interface Neighbours {
  readonly indices: readonly (readonly number[])[];
  /** Euclidean. */
  readonly distances: readonly (readonly number[])[];
}

/** Every pair is looked at: exact, and quick enough for some thousand maps. Of equals the earlier is nearer. */
export async function findNeighbours(
  vectors: readonly Float64Array[],
  count: number,
  pace: WorkPace,
): Promise<Neighbours> {
  const breathe = createBreather(pace, 'neighbours');
  const indices: number[][] = [];
  const distances: number[][] = [];
  const row = new Float64Array(vectors.length);
  for (const [index, vector] of vectors.entries()) {
    vectors.forEach((other, at) => (row[at] = at === index ? Infinity : squaredDistance(vector, other)));
    const nearest = findSmallest(row, count);
    indices.push(nearest);
    distances.push(nearest.map((at) => Math.sqrt(row[at] ?? 0)));
    await breathe(index + 1, vectors.length);
  }
  return { indices, distances };
}

export function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += ((a[at] ?? 0) - (b[at] ?? 0)) ** 2;
  return sum;
}

/** Places of the smallest values, smallest first, by insertion into a short list. */
function findSmallest(values: Float64Array, count: number): number[] {
  const found: number[] = [];
  const valueAt = (at: number | undefined): number => values[at ?? -1] ?? Infinity;
  for (let at = 0; at < values.length; at++) {
    const value = valueAt(at);
    if (value === Infinity || (found.length === count && value >= valueAt(found.at(-1)))) continue;
    let place = found.length;
    while (place > 0 && valueAt(found[place - 1]) > value) place--;
    found.splice(place, 0, at);
    if (found.length > count) found.pop();
  }
  return found;
}
