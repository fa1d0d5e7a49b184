/** What editing does to shapes. All in pixels of the picture. */
import type { MarkShape, Point } from '#shared/marks/mark-shape.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** A place to take hold of: a corner or edge of a box by its compass point, or a vertex by its number. */
export interface Handle {
  readonly name: string;
  readonly at: Point;
}

/** Below this a box cannot be seen, nor taken hold of. */
const leastExtent = 0.5;

export function boundsOf(shape: MarkShape): Box {
  if (shape.form === 'rectangle' || shape.form === 'ellipse') return shape;
  const reaches =
    shape.form === 'polygon'
      ? shape.points.map((point) => ({ point, radius: 0 }))
      : shape.strokes
          .filter(({ erases }) => !erases)
          .flatMap(({ points, radius }) => points.map((point) => ({ point, radius })));
  const left = Math.min(...reaches.map(({ point, radius }) => point[0] - radius));
  const top = Math.min(...reaches.map(({ point, radius }) => point[1] - radius));
  const right = Math.max(...reaches.map(({ point, radius }) => point[0] + radius));
  const bottom = Math.max(...reaches.map(({ point, radius }) => point[1] + radius));
  return { left, top, width: right - left, height: bottom - top };
}

/** Every point where `place` puts it, radii times `growth`. */
export function mapShape(shape: MarkShape, place: (point: Point) => Point, growth = 1): MarkShape {
  if (shape.form === 'polygon') return { ...shape, points: shape.points.map(place) };
  if (shape.form === 'brush') {
    const strokes = shape.strokes.map(({ radius, points, erases }) => ({
      ...{ radius: radius * growth, points: points.map(place), erases },
    }));
    return { ...shape, strokes };
  }
  const { left, top, width, height } = shape;
  return boxBetween(shape.form, place([left, top]), place([left + width, top + height]));
}

export function boxBetween(form: 'rectangle' | 'ellipse', from: Point, to: Point): MarkShape {
  const [left, top] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
  const extent = (axis: 0 | 1): number => Math.max(leastExtent, Math.abs(to[axis] - from[axis]));
  return { form, left, top, width: extent(0), height: extent(1) };
}

/** The corner of a square that begins at `from` and reaches as far as the pointer. */
export function squareCorner(from: Point, to: Point): Point {
  const side = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
  return [from[0] + Math.sign(to[0] - from[0]) * side, from[1] + Math.sign(to[1] - from[1]) * side];
}

/** Moved as far as it stays within the picture. */
export function moveShape(shape: MarkShape, by: Point, picture: Size): MarkShape {
  const { left, top, width, height } = boundsOf(shape);
  const limit = (step: number, from: number, room: number): number =>
    Math.min(Math.max(step, Math.min(0, -from)), Math.max(0, room - from));
  const [x, y] = [limit(by[0], left, picture.width - width), limit(by[1], top, picture.height - height)];
  return mapShape(shape, (point) => [point[0] + x, point[1] + y]);
}

/** To the same part of another picture. */
export function carryShape(shape: MarkShape, from: Size, to: Size): MarkShape {
  const [x, y] = [to.width / from.width, to.height / from.height];
  return mapShape(shape, (point) => [point[0] * x, point[1] * y], Math.sqrt(x * y));
}

const edges: Readonly<Record<string, Point>> = {
  ...{ nw: [0, 0], n: [0.5, 0], ne: [1, 0], e: [1, 0.5] },
  ...{ se: [1, 1], s: [0.5, 1], sw: [0, 1], w: [0, 0.5] },
};

/** None for what was brushed: it is changed with brush and eraser. */
export function listHandles(shape: MarkShape): readonly Handle[] {
  if (shape.form === 'brush') return [];
  if (shape.form === 'polygon') return shape.points.map((at, index) => ({ name: String(index), at }));
  const { left, top, width, height } = shape;
  return Object.entries(edges).map(([name, [x, y]]) => ({ name, at: [left + x * width, top + y * height] }));
}

/** A handle drawn to another place; what lies opposite stays. */
export function moveHandle(shape: MarkShape, name: string, to: Point): MarkShape {
  if (shape.form === 'brush') return shape;
  if (shape.form === 'polygon') {
    return { ...shape, points: shape.points.map((point, index) => (String(index) === name ? to : point)) };
  }
  const { form, left, top, width, height } = shape;
  const has = (edge: string): boolean => name.includes(edge);
  const near: Point = [has('w') ? to[0] : left, has('n') ? to[1] : top];
  const far: Point = [has('e') ? to[0] : left + width, has('s') ? to[1] : top + height];
  return boxBetween(form, near, far);
}

export const clampPoint = ([x, y]: Point, { width, height }: Size): Point => [
  Math.min(width, Math.max(0, x)),
  Math.min(height, Math.max(0, y)),
];

/** To a hundredth of a pixel: finer than any hand, and short in the catalog. */
export function roundShape(shape: MarkShape): MarkShape {
  const round = (value: number): number => Math.round(value * 100) / 100;
  if (shape.form === 'polygon' || shape.form === 'brush') {
    const rounded = mapShape(shape, ([x, y]) => [round(x), round(y)]);
    if (rounded.form !== 'brush') return rounded;
    const strokes = rounded.strokes.map((stroke) => ({ ...stroke, radius: Math.max(0.01, round(stroke.radius)) }));
    return { ...rounded, strokes };
  }
  const { form, left, top, width, height } = shape;
  return { form, left: round(left), top: round(top), width: round(width), height: round(height) };
}
