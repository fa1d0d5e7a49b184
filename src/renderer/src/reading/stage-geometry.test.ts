import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import {
  computeStageGeometry,
  computeZoom,
  findVisible,
  mirror,
  panBy,
  rotate,
  upright,
  zoomAt,
  type StagePlace,
  type Turn,
} from './stage-geometry.ts';

const turns = fc.record({ isMirrored: fc.boolean(), quarters: fc.constantFrom(0, 1, 2, 3) }) as fc.Arbitrary<Turn>;
const side = fc.integer({ min: 1, max: 4000 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const zooms = fc.double({ min: 0.2, max: 20, noNaN: true });
const places: fc.Arbitrary<StagePlace> = fc.record({
  picture: fc.record({ width: side, height: side }),
  stage: fc.record({ width: side, height: side }),
  look: fc.record({ zoom: zooms, center: fc.tuple(share, share), turn: turns }),
  deviceScale: fc.constantFrom(1, 1.25, 2),
});
const points = fc.record({
  x: fc.double({ min: -500, max: 4500, noNaN: true }),
  y: fc.double({ min: -500, max: 4500, noNaN: true }),
});
const fit = (turn: Turn): StagePlace => ({
  picture: { width: 40, height: 20 },
  stage: { width: 400, height: 400 },
  look: { zoom: 1, center: [0.5, 0.5], turn },
  deviceScale: 1,
});

test('screen and picture lead back to each other, however the picture lies', () => {
  fc.assert(
    fc.property(places, points, (place, point) => {
      const geometry = computeStageGeometry(place);
      const there = geometry.toPicture(geometry.toStage(point));
      const near = 1e-6 * Math.max(1, geometry.stage.width, geometry.stage.height) * Math.max(1, 1 / geometry.scale);
      expect(Math.hypot(there.x - point.x, there.y - point.y)).toBeLessThan(near);
    }),
  );
});

test('the point under the pointer stays there while zooming, unless the picture would leave the middle', () => {
  fc.assert(
    fc.property(places, points, zooms, (place, point, zoom) => {
      const before = computeStageGeometry(place);
      const look = zoomAt(before, zoom, point);
      fc.pre(look.center.every((part) => part > 0 && part < 1));
      const after = computeStageGeometry({ ...place, look });
      const there = after.toStage(before.toPicture(point));
      expect(Math.hypot(there.x - point.x, there.y - point.y)).toBeLessThan(1e-5 * Math.max(1, after.scale));
    }),
  );
});

test('dragging moves every point by as much as the pointer moved', () => {
  fc.assert(
    fc.property(places, points, points, (place, point, by) => {
      const before = computeStageGeometry(place);
      const look = panBy(before, by);
      fc.pre(look.center.every((part) => part > 0 && part < 1));
      const [was, is] = [before.toStage(point), computeStageGeometry({ ...place, look }).toStage(point)];
      expect(is.x - was.x).toBeCloseTo(by.x, 3);
      expect(is.y - was.y).toBeCloseTo(by.y, 3);
    }),
  );
});

test('a fitting picture touches two edges and leaves none, turned or not', () => {
  fc.assert(
    fc.property(places, (place) => {
      const look = { ...place.look, zoom: 1, center: [0.5, 0.5] as const };
      const { toStage } = computeStageGeometry({ ...place, look });
      const { picture, stage } = place;
      const [one, other] = [toStage({ x: 0, y: 0 }), toStage({ x: picture.width, y: picture.height })];
      const [width, height] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
      expect(Math.max(width / stage.width, height / stage.height)).toBeCloseTo(1, 6);
      expect(Math.min(one.x, other.x)).toBeGreaterThan(-1e-6 * stage.width - 1e-6);
    }),
  );
});

it('shows one picture pixel as one pixel of the screen when asked for one to one', () => {
  fc.assert(
    fc.property(places, (place) => {
      const oneToOne = { ...place, look: { ...place.look, zoom: 'one-to-one' as const } };
      expect(computeStageGeometry(oneToOne).scale * place.deviceScale).toBeCloseTo(1, 9);
      expect(computeZoom(oneToOne)).toBeGreaterThan(0);
    }),
  );
});

it.each<[string, Turn, { x: number; y: number }]>([
  // The top left corner of a 40 x 20 picture in a stage of 400 x 400.
  ['upright', upright, { x: 0, y: 100 }],
  ['turned right', rotate(upright, 1), { x: 300, y: 0 }],
  ['turned left', rotate(upright, -1), { x: 100, y: 400 }],
  ['upside down', rotate(upright, 2), { x: 400, y: 300 }],
  ['mirrored', mirror(upright, 'left-right'), { x: 400, y: 100 }],
  ['flipped', mirror(upright, 'top-bottom'), { x: 0, y: 300 }],
  ['turned right, then mirrored', mirror(rotate(upright, 1), 'left-right'), { x: 100, y: 0 }],
])('the first corner of a picture %s', (_, turn, corner) => {
  const { x, y } = computeStageGeometry(fit(turn)).toStage({ x: 0, y: 0 });
  expect(x).toBeCloseTo(corner.x, 9);
  expect(y).toBeCloseTo(corner.y, 9);
});

test('mirroring is by the screen, whatever was done before, and twice is nothing', () => {
  fc.assert(
    fc.property(turns, points, (turn, point) => {
      const was = computeStageGeometry(fit(turn)).toStage(point);
      const leftRight = computeStageGeometry(fit(mirror(turn, 'left-right'))).toStage(point);
      // The picture is fitted anew only where it is turned, which mirroring is not.
      expect([leftRight.x, leftRight.y]).toEqual([expect.closeTo(400 - was.x, 6), expect.closeTo(was.y, 6)]);
      const topBottom = computeStageGeometry(fit(mirror(turn, 'top-bottom'))).toStage(point);
      expect([topBottom.x, topBottom.y]).toEqual([expect.closeTo(was.x, 6), expect.closeTo(400 - was.y, 6)]);
      expect(mirror(mirror(turn, 'left-right'), 'left-right')).toEqual(turn);
      expect(rotate(rotate(turn, 3), 1)).toEqual(turn);
    }),
  );
});

test('what is visible holds every picture point that lies on the stage', () => {
  fc.assert(
    fc.property(places, share, share, (place, right, down) => {
      const geometry = computeStageGeometry(place);
      const { x, y } = geometry.toPicture({ x: right * place.stage.width, y: down * place.stage.height });
      const { left, top, width, height } = findVisible(geometry);
      const isOnPicture = x >= 0 && y >= 0 && x <= place.picture.width && y <= place.picture.height;
      const slack = 1e-6;
      const isVisible = x >= left - slack && y >= top - slack && x <= left + width + slack && y <= top + height + slack;
      expect(!isOnPicture || isVisible).toBe(true);
    }),
  );
});
