import { createRandomWords } from '#shared/random-words.ts';
import type { Neighbours } from './nearest-neighbours.ts';
import { createBreather, type WorkPace } from './work-pace.ts';

/** Smaller packs closer. */
const LEAST_DISTANCE = 0.15;

/**
 * Places in the plane that keep neighbours together, by UMAP (McInnes, Healy, Melville 2018; umap-js) from the neighbours given and a seeded random start.
 * Distances between groups in it mean little. Each axis runs from 0 to 1.
 */
export async function layOut(
  { indices, distances }: Neighbours,
  seed: number,
  pace: WorkPace,
): Promise<readonly (readonly [number, number])[]> {
  const { UMAP } = await import('umap-js');
  const draw = createRandomWords(`layout ${seed}`);
  const neighbours = indices[0]?.length ?? 0;
  const umap = new UMAP({ random: () => draw() / 2 ** 32, nNeighbors: neighbours + 1, minDist: LEAST_DISTANCE });
  const self = indices.map((nearest, at) => [at, ...nearest]);
  umap.setPrecomputedKNN(
    self,
    distances.map((near) => [0, ...near]),
  );
  const epochs = umap.initializeFit(self);
  const breathe = createBreather(pace, 'layout');
  for (let epoch = 1; epoch <= epochs; epoch++) {
    umap.step();
    await breathe(epoch, epochs);
  }
  return scaleToUnit(umap.getEmbedding());
}

function scaleToUnit(points: readonly (readonly number[])[]): readonly (readonly [number, number])[] {
  const scale = (axis: 0 | 1): ((point: readonly number[]) => number) => {
    const values = points.map((point) => point[axis] ?? 0);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (point) => (high > low ? ((point[axis] ?? 0) - low) / (high - low) : 0.5);
  };
  const [x, y] = [scale(0), scale(1)];
  return points.map((point) => [x(point), y(point)] as const);
}
