import type { MarkShape, Point } from '#shared/marks/mark-shape.ts';

type Covers<Form extends MarkShape['form']> = (
  shape: Extract<MarkShape, { form: Form }>,
  point: Point,
  reach: number,
) => boolean;

const tests: { readonly [Form in MarkShape['form']]: Covers<Form> } = {
  rectangle: ({ left, top, width, height }, [x, y], reach) =>
    x >= left - reach && x <= left + width + reach && y >= top - reach && y <= top + height + reach,
  ellipse: ({ left, top, width, height }, [x, y], reach) => {
    const [a, b] = [width / 2 + reach, height / 2 + reach];
    return ((x - left - width / 2) / a) ** 2 + ((y - top - height / 2) / b) ** 2 <= 1;
  },
  polygon: ({ points }, point, reach) =>
    isInside(points, point) || distanceToLine([...points, points[0] ?? point], point) <= reach,
  brush: ({ strokes }, point, reach) => {
    const last = strokes.findLast(
      ({ points, radius, erases }) => distanceToLine(points, point) <= radius + (erases ? 0 : reach),
    );
    return last !== undefined && !last.erases;
  },
};

/** Whether a shape covers a point, or comes as near as `reach`. */
export function coversPoint(shape: MarkShape, point: Point, reach = 0): boolean {
  const test = tests[shape.form] as Covers<MarkShape['form']>;
  return test(shape, point, reach);
}

/** Even-odd: how often a ray to the right meets the outline. */
function isInside(points: readonly Point[], [x, y]: Point): boolean {
  const crossings = points.filter(([x1, y1], index) => {
    const [x2, y2] = points[(index + 1) % points.length] ?? [x1, y1];
    return y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1);
  });
  return crossings.length % 2 === 1;
}

/** To the nearest point of a line through all points. */
export function distanceToLine(points: readonly Point[], point: Point): number {
  const [only] = points;
  if (points.length === 1 && only) return Math.hypot(point[0] - only[0], point[1] - only[1]);
  const distances = points.slice(1).map((end, index) => distanceToSegment(points[index] ?? end, end, point));
  return Math.min(...distances);
}

function distanceToSegment(from: Point, to: Point, [x, y]: Point): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = dx ** 2 + dy ** 2;
  const along = length === 0 ? 0 : ((x - from[0]) * dx + (y - from[1]) * dy) / length;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(x - from[0] - at * dx, y - from[1] - at * dy);
}
