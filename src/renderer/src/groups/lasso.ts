/** In the plane of the plot, 0 to 1. */
export type Place = readonly [x: number, y: number];

/** Whether a place lies within a closed line, by how often a ray from it crosses the line. */
export function isWithin([x, y]: Place, line: readonly Place[]): boolean {
  let inside = false;
  line.forEach(([x1, y1], at) => {
    const [x2, y2] = line[(at + 1) % line.length] ?? [x1, y1];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  });
  return inside;
}

interface Placed {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

/** The ids of the points within a line. */
export const listWithin = (points: readonly Placed[], line: readonly Place[]): readonly number[] =>
  points.flatMap(({ id, x, y }) => (isWithin([x, y], line) ? [id] : []));

/** The point nearest a place, within a reach for which an axis' units may differ. */
export function findNearest<Point extends Placed>(
  points: readonly Point[],
  [x, y]: Place,
  [reachX, reachY]: Place,
): Point | undefined {
  let [nearest, least]: [Point | undefined, number] = [undefined, 1];
  for (const point of points) {
    const distance = ((point.x - x) / reachX) ** 2 + ((point.y - y) / reachY) ** 2;
    if (distance <= least) [nearest, least] = [point, distance];
  }
  return nearest;
}
