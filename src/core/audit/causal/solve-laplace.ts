import { coarsen, type Domain } from './coarse-domain.ts';
import { listPixels } from './pixel-planes.ts';

/** The largest change of a sweep, as a share of the values' range, at which the search ends. */
const TOLERANCE = 1e-4;
const MOST_SWEEPS = 2000;
/** Over-relaxation: beyond 1 it goes further than each step asks, which smooths wide regions sooner. */
const FACTOR = 1.7;
/** So few pixels are solved sooner than made coarse. */
const SMALL = 500;

/**
 * Values inside a mask that are each the mean of their neighbours (Laplace's equation): the smoothest continuation of what lies around
 * it. At the picture's edge the neighbours that are missing do not count. Solved at half the size first, and by successive over-relaxation from there.
 * @returns what solves it for one plane of given values after another.
 */
export function createLaplaceSolver(domain: Domain): (values: Float32Array) => Float32Array {
  const pixels = listPixels(domain.mask);
  const around = listNeighbours(pixels, domain);
  const coarse = pixels.length > SMALL ? coarsen(domain) : undefined;
  const solveCoarse = coarse && createLaplaceSolver(coarse);
  return (values) => {
    const solved = values.slice();
    if (coarse && solveCoarse) {
      const start = solveCoarse(coarse.shrink(values));
      for (const pixel of pixels) solved[pixel] = start[coarse.parentOf(pixel)] ?? 0;
    }
    const end = TOLERANCE * findRange(solved);
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      if (relax(solved, { pixels, around }) <= end) break;
    }
    return solved;
  };
}

interface Relaxation {
  readonly pixels: Int32Array;
  /** Four for each pixel: itself stands for one that is missing. */
  readonly around: Int32Array;
}

/** One sweep; returns the largest change. */
function relax(solved: Float32Array, { pixels, around }: Relaxation): number {
  let largest = 0;
  for (let index = 0; index < pixels.length; index++) {
    const pixel = pixels[index] ?? 0;
    const value = solved[pixel] ?? 0;
    let [sum, count] = [0, 0];
    for (let at = 4 * index; at < 4 * index + 4; at++) {
      const neighbour = around[at] ?? pixel;
      if (neighbour === pixel) continue;
      sum += solved[neighbour] ?? 0;
      count++;
    }
    const change = FACTOR * (sum / count - value);
    solved[pixel] = value + change;
    largest = Math.max(largest, Math.abs(change));
  }
  return largest;
}

function listNeighbours(pixels: Int32Array, { width, height }: Domain): Int32Array {
  const around = new Int32Array(4 * pixels.length);
  pixels.forEach((pixel, index) => {
    const [column, row] = [pixel % width, Math.floor(pixel / width)];
    const four = [
      column > 0 ? pixel - 1 : pixel,
      column < width - 1 ? pixel + 1 : pixel,
      row > 0 ? pixel - width : pixel,
      row < height - 1 ? pixel + width : pixel,
    ];
    around.set(four, 4 * index);
  });
  return around;
}

function findRange(values: Float32Array): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}
