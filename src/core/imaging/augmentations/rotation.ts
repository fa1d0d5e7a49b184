import type { Size } from '../resample.ts';
import { read } from './augmentation.ts';
import type { Augmentation } from './augmentation.ts';
import { warpPlanes } from './warp.ts';
import type { Matrix, Surrounding } from './warp.ts';

const angles = [5, 10, 20, 30, 45].map((angle) => ({ angle }));

const rotateIn = (title: string, surrounding: Surrounding): Augmentation => ({
  title,
  defaults: { angle: 20 },
  severities: angles,
  isDrawn: false,
  alter: (planes, parameters) => {
    const warp = rotationMatrix(planes, read(parameters, 'angle'));
    return { planes: warpPlanes(planes, warp, surrounding), warp, drawn: {} };
  },
});

/** Counterclockwise about the middle, bilinear, size kept (torchvision's `rotate`); the corners show the mirrored picture. */
export const rotation = rotateIn('Rotation', 'reflect');

/** The same with black corners, which are an artefact of their own. */
export const rotationInBlack = rotateIn('Rotation, black corners', 'black');

/** Where each pixel of the turned picture comes from. */
function rotationMatrix({ width, height }: Size, degrees: number): Matrix {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [x, y] = [(width - 1) / 2, (height - 1) / 2];
  return [cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y, 0, 0, 1];
}
