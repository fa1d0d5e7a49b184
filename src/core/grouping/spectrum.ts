import { cutComponent, findComponents, type Affinity } from './affinity.ts';
import { decomposeDense } from './dense-eigen.ts';
import { byValue, type Eigenpair, type SymmetricOperator } from './eigenpairs.ts';
import { findSmallest } from './lanczos.ts';

/** Up to so many nodes a component is decomposed as a whole; beyond, by Lanczos' method. */
export const LARGEST_DENSE = 400;

export interface Spectrum {
  /** The smallest eigenpairs of the normalised Laplacian, the smallest first. */
  readonly pairs: readonly Eigenpair[];
  /** Parts of the graph that nothing joins: so many eigenvalues are 0. */
  readonly components: number;
  readonly method: 'dense' | 'Lanczos';
}

/**
 * Smallest eigenpairs of L = I - D^(-1/2) A D^(-1/2) (von Luxburg 2007, section 3.2). Each connected part is taken by itself: its
 * first pair is known (0 and the square roots of the degrees), and eigenvalues that occur in several parts do not mix.
 */
export function computeSpectrum(affinity: Affinity, count: number, seed: number): Spectrum {
  const components = findComponents(affinity);
  const pairs = components.flatMap((nodes) => {
    const part = cutComponent(affinity, nodes);
    return decomposePart(part, count, seed).map(({ value, vector }): Eigenpair => {
      const spread = new Float64Array(affinity.length);
      nodes.forEach((node, place) => (spread[node] = vector[place] ?? 0));
      return { value: Math.max(0, value), vector: spread };
    });
  });
  const isDense = components.every((nodes) => nodes.length <= LARGEST_DENSE);
  return {
    pairs: pairs.toSorted(byValue).slice(0, count),
    components: components.length,
    method: isDense ? 'dense' : 'Lanczos',
  };
}

function decomposePart(part: Affinity, count: number, seed: number): readonly Eigenpair[] {
  const laplacian = createLaplacian(part);
  if (part.length <= LARGEST_DENSE) return decomposeDense(laplacian).slice(0, count);
  const first = firstPair(part);
  return [first, ...findSmallest(laplacian, { count: count - 1, known: [first.vector], seed })];
}

/** Of a connected graph. */
function firstPair(part: Affinity): Eigenpair {
  const whole = part.reduce((sum, nodes) => sum + nodes.length, 0);
  return { value: 0, vector: Float64Array.from(part, (nodes) => Math.sqrt(nodes.length / whole)) };
}

export function createLaplacian(affinity: Affinity): SymmetricOperator {
  const roots = Float64Array.from(affinity, (nodes) => 1 / Math.sqrt(nodes.length || 1));
  return {
    size: affinity.length,
    multiply: (vector, target) => {
      affinity.forEach((nodes, at) => {
        let sum = 0;
        for (const other of nodes) sum += (vector[other] ?? 0) * (roots[other] ?? 0);
        target[at] = (vector[at] ?? 0) - sum * (roots[at] ?? 0);
      });
    },
  };
}
