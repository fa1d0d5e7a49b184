import type { RegionMask } from './region-mask.ts';

/** Width of the ring as a share of the shorter side. */
export const BORDER_SHARE = 0.05;

/**
 * The outer ring of a picture, b · min(height, width) wide (b = 0.05), where films carry collimation and scanners their frames. Pixels the
 * inner edge cuts belong to it in part.
 */
export function createBorderRing(width: number, height: number, share = BORDER_SHARE): RegionMask {
  const depth = share * Math.min(width, height);
  const inner = (at: number, length: number): number => {
    const [low, high] = [Math.max(at, depth), Math.min(at + 1, length - depth)];
    return Math.max(0, high - low);
  };
  const coverage = Float32Array.from({ length: width * height }, (_, pixel) => {
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    return 1 - inner(column, width) * inner(row, height);
  });
  return { width, height, coverage };
}
