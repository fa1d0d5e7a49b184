import type { MarkShape, Point } from './mark-shape.ts';

export interface MarkBounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest box, in pixels of the picture, outside of which nothing of a mark lies. */
export function boundMark(shape: MarkShape): MarkBounds {
  if (shape.form === 'polygon') return boundPoints(shape.points, 0);
  if (shape.form === 'brush') return joinBounds(shape.strokes.map(({ points, radius }) => boundPoints(points, radius)));
  const { left, top, width, height } = shape;
  return { left, top, right: left + width, bottom: top + height };
}

function boundPoints(points: readonly Point[], reach: number): MarkBounds {
  return joinBounds(points.map(([x, y]) => ({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach })));
}

function joinBounds(all: readonly MarkBounds[]): MarkBounds {
  return all.reduce((joined, { left, top, right, bottom }) => ({
    left: Math.min(joined.left, left),
    top: Math.min(joined.top, top),
    right: Math.max(joined.right, right),
    bottom: Math.max(joined.bottom, bottom),
  }));
}
