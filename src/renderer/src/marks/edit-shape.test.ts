import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markShapeSchema, type MarkShape, type Point } from '#shared/marks/mark-shape.ts';
import { boundsOf, boxBetween, carryShape, listHandles, moveHandle, moveShape, roundShape } from './edit-shape.ts';
import { coversPoint, distanceToLine } from './hit-test.ts';
import { simplifyLine } from './simplify-line.ts';

const picture = { width: 200, height: 120 };
const coordinate = fc.double({ min: 5, max: 100, noNaN: true });
const point = fc.tuple(coordinate, coordinate);
const shapes: fc.Arbitrary<MarkShape> = fc.oneof(
  fc
    .tuple(fc.constantFrom('rectangle' as const, 'ellipse' as const), point, point)
    .map(([form, from, to]) => boxBetween(form, from, to)),
  fc.record({ form: fc.constant('polygon' as const), points: fc.array(point, { minLength: 3, maxLength: 9 }) }),
  fc.record({
    form: fc.constant('brush' as const),
    strokes: fc.array(
      fc.record({
        radius: fc.double({ min: 1, max: 5, noNaN: true }),
        points: fc.array(point, { minLength: 1, maxLength: 9 }),
        erases: fc.constant(false),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
);

describe('shapes', () => {
  it('stay what the catalog takes, whatever is done to them', () => {
    fc.assert(
      fc.property(shapes, point, fc.nat(20), (shape, to, pick) => {
        const handles = listHandles(shape);
        const handle = handles[pick % Math.max(1, handles.length)];
        const moved = moveShape(shape, [to[0] - 50, to[1] - 50], picture);
        const pulled = handle ? moveHandle(shape, handle.name, to) : shape;
        for (const result of [moved, pulled, carryShape(shape, picture, { width: 30, height: 500 })]) {
          expect(markShapeSchema.safeParse(roundShape(result)).success).toBe(true);
        }
      }),
    );
  });

  it('move as they are, and no further than the edge of the picture', () => {
    fc.assert(
      fc.property(shapes, fc.double({ min: -300, max: 300, noNaN: true }), (shape, step) => {
        const before = boundsOf(shape);
        const after = boundsOf(moveShape(shape, [step, 0], picture));
        expect(after.width).toBeCloseTo(before.width, 6);
        expect(after.top).toBeCloseTo(before.top, 6);
        expect(after.left).toBeGreaterThanOrEqual(Math.min(0, before.left) - 1e-6);
        expect(after.left + after.width).toBeLessThanOrEqual(picture.width + 1e-6);
        const free = Math.max(-before.left, Math.min(picture.width - before.left - before.width, step));
        if (step > 0 || before.left >= 0) expect(after.left - before.left).toBeCloseTo(free, 6);
      }),
    );
  });

  it('a pulled handle is where the pointer is, and what lies opposite has not moved', () => {
    const box = boxBetween('ellipse', [10, 20], [50, 60]);
    expect(moveHandle(box, 'se', [70, 90])).toEqual({ form: 'ellipse', left: 10, top: 20, width: 60, height: 70 });
    expect(moveHandle(box, 'n', [0, 30])).toEqual({ form: 'ellipse', left: 10, top: 30, width: 40, height: 30 });
    // Past the opposite edge the box turns over.
    expect(moveHandle(box, 'w', [70, 0])).toEqual({ form: 'ellipse', left: 50, top: 20, width: 20, height: 40 });
    const triangle: MarkShape = { form: 'polygon', points: [[0, 0], [9, 0], [0, 9]] }; // prettier-ignore
    expect(moveHandle(triangle, '1', [7, 3])).toEqual({ form: 'polygon', points: [[0, 0], [7, 3], [0, 9]] }); // prettier-ignore
  });

  it('stand on the same part of another picture', () => {
    const box = boxBetween('rectangle', [20, 12], [60, 36]);
    expect(carryShape(box, picture, { width: 400, height: 60 })).toEqual(boxBetween('rectangle', [40, 6], [120, 18]));
  });
});

describe('what lies under a point', () => {
  const donut: MarkShape = {
    form: 'brush',
    strokes: [
      { radius: 10, points: [[50, 50]], erases: false },
      { radius: 4, points: [[50, 50]], erases: true },
    ],
  };
  const arrow: MarkShape = { form: 'polygon', points: [[0, 0], [40, 20], [0, 40], [20, 20]] }; // prettier-ignore

  it.each<[string, MarkShape, Point, boolean]>([
    ['inside a rectangle', boxBetween('rectangle', [0, 0], [10, 10]), [9, 9], true],
    ['the corner of an ellipse', boxBetween('ellipse', [0, 0], [10, 10]), [9, 9], false],
    ['the middle of an ellipse', boxBetween('ellipse', [0, 0], [10, 10]), [5, 1], true],
    ['inside a polygon', arrow, [25, 20], true],
    ['in the notch of a polygon', arrow, [10, 20], false],
    ['on what was brushed', donut, [57, 50], true],
    ['where it was erased', donut, [52, 50], false],
    ['beside it', donut, [61, 50], false],
  ])('%s', (...[, shape, at, covered]) => {
    expect(coversPoint(shape, at)).toBe(covered);
  });

  it('reaches a little further than the outline', () => {
    expect(coversPoint(donut, [61, 50], 2)).toBe(true);
    expect(coversPoint(arrow, [11, 20], 8)).toBe(true);
  });
});

it('a simpler line is nowhere further away than it may be, and keeps its ends', () => {
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0, max: 9, noNaN: true }),
      (line, tolerance) => {
        const simple = simplifyLine(line, tolerance);
        expect([simple[0], simple.at(-1)]).toEqual([line[0], line.at(-1)]);
        for (const at of line) expect(distanceToLine(simple, at)).toBeLessThanOrEqual(tolerance + 1e-9);
      },
    ),
  );
});
