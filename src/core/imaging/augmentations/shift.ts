import type { Planes } from '../planes.ts';
import { read } from './augmentation.ts';
import type { Altered, Augmentation } from './augmentation.ts';
import { warpPlanes } from './warp.ts';
import type { Matrix } from './warp.ts';

/** The picture moved by pixels to the right and down; what comes in at the edges is the mirrored picture. */
export const shift: Augmentation = {
  title: 'Shift',
  defaults: { right: 1, down: 1 },
  severities: [1, 2, 4, 8, 16].map((pixels) => ({ right: pixels, down: pixels })),
  isDrawn: false,
  alter: (planes, parameters) => shiftPlanes(planes, read(parameters, 'right'), read(parameters, 'down')),
};

export function shiftPlanes(planes: Planes, right: number, down: number): Altered {
  const warp: Matrix = [1, 0, -right, 0, 1, -down, 0, 0, 1];
  return { planes: warpPlanes(planes, warp, 'reflect'), warp, drawn: {} };
}
