import { kmeans } from 'ml-kmeans';
import { squaredDistance } from './nearest-neighbours.ts';

const STARTS = 10;

/** Divides points into groups by k-means (ml-kmeans, k-means++ starts): the best of ten seeded starts. Returns each point's group. */
export function divide(points: readonly (readonly number[])[], count: number, seed: number): readonly number[] {
  const starts = Array.from({ length: STARTS }, (_, start) => divideOnce(points, count, seed * STARTS + start));
  return starts.reduce((best, one) => (one.spread < best.spread - 1e-12 ? one : best)).clusters;
}

interface Division {
  readonly clusters: readonly number[];
  /** Sum of squared distances to the centers. */
  readonly spread: number;
}

function divideOnce(points: readonly (readonly number[])[], count: number, seed: number): Division {
  const { clusters, centroids } = kmeans(points.map((point) => [...point]), count, { seed, maxIterations: 300 }); // prettier-ignore
  const spread = points.reduce((sum, point, at) => sum + squaredDistance(point, centroids[clusters[at] ?? 0] ?? []), 0);
  return { clusters, spread };
}
