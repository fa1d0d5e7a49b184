import type { MarkShape, Point } from '#shared/marks/mark-shape.ts';
import { boundsOf, boxBetween, clampPoint, listHandles, moveHandle, moveShape, squareCorner } from './edit-shape.ts';
import { drawMark, listMarks, updateMark, type MarkedPicture } from './edit-marks.ts';
import type { MarkContent, MarkKey } from './history.ts';
import { coversPoint } from './hit-test.ts';
import { atRest, useMarkScope, type Drag, type Tool, type Touch } from './mark-scope.ts';
import { simplifyLine } from './simplify-line.ts';

export interface Desk {
  readonly picture: MarkedPicture;
  readonly author: string;
}

/** Nothing begins where the tool finds nothing to do; the picture may be moved then. */
type Begin = (desk: Desk, touch: Touch) => Drag | undefined;

/** In pixels of the screen. */
const reach = 7;
const leastDrag = 3;
/** How far a brushed line may be from what the hand did. */
const lineTolerance = 0.5;
const mostPoints = 5000;
const mostStrokes = 200;

const scope = (): ReturnType<typeof useMarkScope.getState> => useMarkScope.getState();

/** The mark under the pointer: the smallest, so that what lies inside another can be had. */
export function findMark({ picture }: Desk, { point, pixel }: Touch): MarkKey | undefined {
  const extent = ({ shape }: MarkContent): number => boundsOf(shape).width * boundsOf(shape).height;
  const hit = [...listMarks(picture.id)].filter(([, { shape }]) => coversPoint(shape, point, reach * pixel));
  return hit.sort(([, left], [, right]) => extent(left) - extent(right))[0]?.[0];
}

/** Draws a mark that is there anew while the pointer moves. */
function remake(desk: Desk, key: MarkKey, shapeAt: (touch: Touch) => MarkShape): Drag {
  return {
    move: (touch) => {
      scope().change({ draft: { key, shape: shapeAt(touch) } });
    },
    end: () => {
      const { draft, change } = scope();
      if (draft) updateMark(desk.picture, key, { shape: draft.shape });
      change(atRest);
    },
  };
}

const beginSelect: Begin = (desk, touch) => {
  const { picture } = desk;
  const { selected, change } = scope();
  const held = selected === undefined ? undefined : listMarks(picture.id).get(selected)?.shape;
  const near = ([x, y]: Point): boolean => Math.hypot(x - touch.point[0], y - touch.point[1]) <= reach * touch.pixel;
  const handle = held && listHandles(held).find(({ at }) => near(at));
  if (held && handle && selected !== undefined)
    return remake(desk, selected, ({ point }) => moveHandle(held, handle.name, clampPoint(point, picture)));
  const key = findMark(desk, touch);
  change({ ...atRest, selected: key });
  const shape = listMarks(picture.id).get(key ?? '')?.shape;
  if (!shape || key === undefined) return undefined;
  const { point: from } = touch;
  return remake(desk, key, ({ point }) => moveShape(shape, [point[0] - from[0], point[1] - from[1]], picture));
};

const beginBox =
  (form: 'rectangle' | 'ellipse'): Begin =>
  (desk, { point, pixel }) => {
    const from = clampPoint(point, desk.picture);
    const box = (touch: Touch): MarkShape => {
      const to = touch.isShifted ? squareCorner(from, touch.point) : touch.point;
      return boxBetween(form, from, clampPoint(to, desk.picture));
    };
    return {
      move: (touch) => {
        scope().change({ draft: { key: undefined, shape: box(touch) } });
      },
      end: () => {
        const { draft, change } = scope();
        const { width, height } = draft ? boundsOf(draft.shape) : { width: 0, height: 0 };
        if (draft && Math.min(width, height) >= leastDrag * pixel) drawMark(desk.picture, draft.shape, desk.author);
        else change({ ...atRest, selected: findMark(desk, { point, pixel, isShifted: false }) });
      },
    };
  };

/** Each press is a vertex; one on the first vertex closes the polygon. */
const beginPolygon: Begin = (desk, { point, pixel }) => {
  const { vertices, change } = scope();
  const near = (vertex: Point | undefined): boolean =>
    vertex !== undefined && Math.hypot(vertex[0] - point[0], vertex[1] - point[1]) <= reach * pixel;
  if (vertices.length >= 3 && near(vertices[0])) closePolygon(desk);
  else if (!near(vertices.at(-1))) {
    change({ vertices: [...vertices, clampPoint(point, desk.picture)], selected: undefined, notice: undefined });
  }
  return { move: () => undefined, end: () => undefined };
};

/** What was begun becomes a mark. */
export function closePolygon({ picture, author }: Desk): void {
  const { vertices, change } = scope();
  if (vertices.length < 3) change({ notice: 'A polygon has at least three corners; click where the next one is.' });
  else drawMark(picture, { form: 'polygon', points: [...vertices] }, author);
}

type Brushed = Extract<MarkShape, { form: 'brush' }>;
type Stroke = Brushed['strokes'][number];

/** A stroke on what was brushed before, or on nothing. */
function beginStroke(desk: Desk, touch: Touch, base: { readonly key?: MarkKey; readonly erases: boolean }): Drag {
  const { key, erases } = base;
  const known = key === undefined ? undefined : listMarks(desk.picture.id).get(key)?.shape;
  const before = known?.form === 'brush' ? known.strokes : [];
  const radius = scope().brush * Math.max(desk.picture.width, desk.picture.height);
  const line: Point[] = [];
  const shapeOf = (points: Point[]): Brushed => ({ form: 'brush', strokes: [...before, { radius, points, erases }] });
  const drag: Drag = {
    move: ({ point }) => {
      line.push(clampPoint(point, desk.picture));
      scope().change({ draft: { key, shape: shapeOf([...line]) }, pointer: point });
    },
    end: () => {
      const shape = shapeOf(shorten(line, lineTolerance * touch.pixel));
      if (key === undefined) drawMark(desk.picture, shape, desk.author);
      else updateMark(desk.picture, key, { shape });
      scope().change(atRest);
    },
  };
  drag.move(touch);
  return drag;
}

const shorten = (line: readonly Point[], tolerance: number): Point[] => {
  const simple = simplifyLine(line, tolerance);
  return simple.length <= mostPoints ? simple : shorten(simple, 2 * tolerance);
};

const brushedMark = (desk: Desk, key: MarkKey | undefined): readonly Stroke[] | undefined => {
  const shape = listMarks(desk.picture.id).get(key ?? '')?.shape;
  return shape?.form === 'brush' ? shape.strokes : undefined;
};

/** Strokes go on the selected mark as long as it is a brushed one; else a new mark begins. */
const beginBrush: Begin = (desk, touch) => {
  const { selected } = scope();
  const strokes = brushedMark(desk, selected);
  const goesOn = selected !== undefined && strokes !== undefined && strokes.length < mostStrokes;
  return beginStroke(desk, touch, { ...(goesOn && { key: selected }), erases: false });
};

const beginErase: Begin = (desk, touch) => {
  const { selected, change } = scope();
  const under = [...listMarks(desk.picture.id)].findLast(
    ([, { shape }]) => shape.form === 'brush' && coversPoint(shape, touch.point),
  )?.[0];
  const key = brushedMark(desk, selected) ? selected : under;
  const strokes = brushedMark(desk, key);
  if (key === undefined || !strokes || strokes.length >= mostStrokes) {
    change({ notice: 'The eraser takes away from what was brushed; begin on a brushed mark.' });
    return { move: () => undefined, end: () => undefined };
  }
  change({ selected: key });
  return beginStroke(desk, touch, { key, erases: true });
};

export const begin: Readonly<Record<Tool, Begin>> = {
  select: beginSelect,
  rectangle: beginBox('rectangle'),
  ellipse: beginBox('ellipse'),
  polygon: beginPolygon,
  brush: beginBrush,
  erase: beginErase,
};
