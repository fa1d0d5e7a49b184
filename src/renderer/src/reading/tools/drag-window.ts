import { findQuantiles, type CodedPicture } from '../film/grey-codes.ts';
import type { PixelBox } from '../film/grey-table.ts';
import type { Film } from '../film/load-picture.ts';
import { rangeWindow, spanWindow } from '../film/window-presets.ts';
import { resolveWindow, useWindow } from '../film/window-state.ts';
import type { Point } from '../stage-geometry.ts';

/** Dragging so many CSS pixels goes through all values that all but 0.1 % of the pixels at either end have. */
const travel = 600;

/** Right widens the window, down moves it to higher values. */
export function dragWindow(film: Film, by: Point): void {
  const state = useWindow.getState();
  const { window } = resolveWindow(state, film.presets, film.scale);
  const { center, width } = spanWindow(window);
  const robust = film.presets.listed.find(({ id }) => id === 'robust')?.window;
  const perPixel = Math.max(film.picture.step, robust ? spanWindow(robust).width : 0) / travel;
  state.setOwn(film.scale, {
    kind: 'window',
    center: center + by.y * perPixel,
    width: Math.max(film.picture.step, width + by.x * perPixel),
    function: window.kind === 'window' && window.function === 'SIGMOID' ? 'SIGMOID' : 'LINEAR_EXACT',
    explanation: undefined,
  });
}

/** The window that spreads the values of a box, but for 0.1 % at either end, over all greys. */
export function windowFromBox(film: Film, box: PixelBox): void {
  const inside = cutBox(film.picture, box);
  if (inside.width === 0 || inside.height === 0) return;
  const [low = 0, high = 0] = findQuantiles(inside, [0.001, 0.999]);
  useWindow.getState().setOwn(film.scale, rangeWindow(low, high));
}

function cutBox(picture: CodedPicture, box: PixelBox): CodedPicture {
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));
  const [left, top] = [clamp(box.left, picture.width), clamp(box.top, picture.height)];
  const width = clamp(box.left + box.width, picture.width) - left;
  const height = clamp(box.top + box.height, picture.height) - top;
  const { channels } = picture;
  const codes = picture.codes.slice(0, width * height * channels);
  for (let row = 0; row < height; row++) {
    const from = ((top + row) * picture.width + left) * channels;
    codes.set(picture.codes.subarray(from, from + width * channels), row * width * channels);
  }
  return { ...picture, width, height, codes };
}
