import type { MarkShape, Point } from './mark-shape.ts';

type InsideTest = (x: number, y: number) => boolean;

/**
 * Whether a point of the picture lies in a mark. Edges belong to the left and upper side, as pixels do, so that marks that touch
 * share no point. A polygon that crosses itself is filled by the even-odd rule.
 */
export function createInsideTest(shape: MarkShape): InsideTest {
  switch (shape.form) {
    case 'rectangle':
      return (x, y) =>
        x >= shape.left && x < shape.left + shape.width && y >= shape.top && y < shape.top + shape.height;
    case 'ellipse':
      return insideEllipse(shape);
    case 'polygon':
      return (x, y) => isInPolygon(shape.points, x, y);
    case 'brush':
      return insideStrokes(shape.strokes);
  }
}

function insideEllipse({ left, top, width, height }: Extract<MarkShape, { form: 'ellipse' }>): InsideTest {
  const [middleX, middleY] = [left + width / 2, top + height / 2];
  return (x, y) => ((x - middleX) / (width / 2)) ** 2 + ((y - middleY) / (height / 2)) ** 2 < 1;
}

/** A ray to the left crosses the outline an odd number of times. */
function isInPolygon(points: readonly Point[], x: number, y: number): boolean {
  let isInside = false;
  let [lastX, lastY] = points.at(-1) ?? [0, 0];
  for (const [nextX, nextY] of points) {
    if (nextY > y !== lastY > y && x >= lastX + ((y - lastY) / (nextY - lastY)) * (nextX - lastX)) isInside = !isInside;
    [lastX, lastY] = [nextX, nextY];
  }
  return isInside;
}

type Strokes = Extract<MarkShape, { form: 'brush' }>['strokes'];

/** The last stroke over a point decides: it paints or erases. */
function insideStrokes(strokes: Strokes): InsideTest {
  const reversed = strokes.toReversed();
  return (x, y) => {
    const last = reversed.find(({ radius, points }) => isNearLine(points, x, y, radius));
    return last !== undefined && !last.erases;
  };
}

// eslint-disable-next-line max-params -- a point and a radius in the innermost loop; an object for each would be made millions of times.
function isNearLine(points: readonly Point[], x: number, y: number, radius: number): boolean {
  let [fromX, fromY] = points[0] ?? [0, 0];
  for (const [toX, toY] of points) {
    if (squaredDistance(x - fromX, y - fromY, [toX - fromX, toY - fromY]) < radius ** 2) return true;
    [fromX, fromY] = [toX, toY];
  }
  return false;
}

/** From a point to the line from the origin to `end`. */
function squaredDistance(x: number, y: number, [endX, endY]: Point): number {
  const length2 = endX ** 2 + endY ** 2;
  const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (x * endX + y * endY) / length2));
  return (x - along * endX) ** 2 + (y - along * endY) ** 2;
}
