import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chooseBounds,
  chooseSecondDisplay,
  windowPlaceSchema,
  type DisplayPlace,
  type WindowPlace,
} from './window-place.ts';

const desk: DisplayPlace = { id: 1, workArea: { x: 0, y: 24, width: 1920, height: 1016 } };
const portrait: DisplayPlace = { id: 2, workArea: { x: 1920, y: -400, width: 1536, height: 2048 } };
const usual = { width: 1440, height: 900 };

const at = (x: number, y: number, [width, height] = [1200, 800]): WindowPlace => ({
  ...{ bounds: { x, y, width, height }, isMaximized: false, isFullScreen: false },
});

test.each([
  ['where it was', at(100, 100), { x: 100, y: 100, width: 1200, height: 800 }],
  ['on the second screen', at(2000, -100), { x: 2000, y: -100, width: 1200, height: 800 }],
  ['with its edge below the bar of the screen', at(100, 0), { x: 100, y: 24, width: 1200, height: 800 }],
  ['no larger than the screen', at(0, 100, [5000, 5000]), { x: 0, y: 100, width: 1920, height: 1016 }],
  ['no smaller than it can be', at(0, 100, [200, 100]), { x: 0, y: 100, width: 900, height: 600 }],
  ['at the usual size when it would be out of reach', at(9000, 100), usual],
  ['at the usual size when its edge would be out of reach', at(100, 2000), usual],
  ['at the usual size the first time', undefined, usual],
])('a window stands %s', (_, kept, expected) => {
  expect(chooseBounds(kept, [desk, portrait])).toEqual(expected);
});

test('whatever was kept, a part of the upper edge is on a screen', () => {
  const number = fc.integer({ min: -20_000, max: 20_000 });
  const size = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(number, number, fc.tuple(size, size), (x, y, extent) => {
      const { x: left, y: top, ...chosen } = chooseBounds(at(x, y, extent), [desk, portrait]);
      if (left === undefined || top === undefined) return;
      const isHeld = [desk, portrait].some(({ workArea: area }) => {
        const shown = Math.min(left + chosen.width, area.x + area.width) - Math.max(left, area.x);
        return shown >= 120 && top >= area.y && top + 32 <= area.y + area.height;
      });
      expect(isHeld).toBe(true);
    }),
    { seed: 9 },
  );
});

test.each([
  ['not JSON at all', 'x'],
  ['no numbers', { bounds: { x: 'a', y: 0, width: 1, height: 1 }, isMaximized: false, isFullScreen: false }],
  ['no size', { bounds: { x: 0, y: 0, width: 0, height: 0 }, isMaximized: false, isFullScreen: false }],
  ['halves', { bounds: { x: 0.5, y: 0, width: 1, height: 1 }, isMaximized: false, isFullScreen: false }],
])('a file with %s is no window’s place', (_, content) => {
  expect(windowPlaceSchema.safeParse(content).success).toBe(false);
});

test('the picture goes to the largest screen on which the window is not', () => {
  const window = { x: 100, y: 100, width: 1200, height: 800 };
  const small: DisplayPlace = { id: 3, workArea: { x: -800, y: 0, width: 800, height: 600 } };
  expect(chooseSecondDisplay(window, [desk, small, portrait])).toBe(portrait);
  expect(chooseSecondDisplay({ ...window, x: 2000 }, [desk, small, portrait])).toBe(desk);
  expect(chooseSecondDisplay(window, [desk])).toBeUndefined();
});
