import type { Augmentation } from './augmentation.ts';
import { warpPlanes } from './warp.ts';
import type { Matrix } from './warp.ts';

/** Left and right exchanged. */
export const horizontalFlip: Augmentation = {
  title: 'Horizontal flip',
  defaults: {},
  severities: [{}],
  isDrawn: false,
  alter: (planes) => {
    const warp: Matrix = [-1, 0, planes.width - 1, 0, 1, 0, 0, 0, 1];
    return { planes: warpPlanes(planes, warp, 'reflect'), warp, drawn: {} };
  },
};
