import type { Point } from '#shared/marks/mark-shape.ts';
import { distanceToLine } from './hit-test.ts';

/** The same line with fewer points, nowhere further away than `tolerance` (Douglas and Peucker 1973). */
export function simplifyLine(points: readonly Point[], tolerance: number): Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 3) return [...points];
  const inner = points.slice(1, -1).map((point) => distanceToLine([first, last], point));
  const farthest = Math.max(...inner);
  if (farthest <= tolerance) return [first, last];
  const at = inner.indexOf(farthest) + 1;
  const [before, behind] = [points.slice(0, at + 1), points.slice(at)];
  return [...simplifyLine(before, tolerance).slice(0, -1), ...simplifyLine(behind, tolerance)];
}
