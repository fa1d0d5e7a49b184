import type { Size } from '../resample.ts';
import { read, wholeBetween } from './augmentation.ts';
import type { Augmentation, Draw } from './augmentation.ts';
import { solve } from './solve.ts';
import { warpPlanes } from './warp.ts';
import type { Matrix } from './warp.ts';

type Corner = readonly [x: number, y: number];

/**
 * The four corners moved inwards by chance, each by at most half the distortion of its side (torchvision's `RandomPerspective`);
 * what comes in at the edges is the mirrored picture.
 */
export const perspective: Augmentation = {
  title: 'Perspective',
  defaults: { distortion: 0.2 },
  severities: [0.05, 0.1, 0.2, 0.3, 0.5].map((distortion) => ({ distortion })),
  isDrawn: true,
  refuse: (parameters) => {
    const distortion = read(parameters, 'distortion');
    return distortion >= 0 && distortion <= 1 ? undefined : 'its distortion is a number from 0 to 1';
  },
  alter: (planes, parameters, draw) => {
    const corners = drawCorners(planes, read(parameters, 'distortion'), draw);
    const warp = perspectiveMatrix(planes, corners);
    const drawn = Object.fromEntries(corners.flatMap(([x, y], at) => [[`x${at}`, x], [`y${at}`, y]])); // prettier-ignore
    return { planes: warpPlanes(planes, warp, 'reflect'), warp, drawn };
  },
};

/** Where the corners go, clockwise from the top left. */
function drawCorners({ width, height }: Size, distortion: number, draw: Draw): readonly Corner[] {
  const reach = [width, height].map((side) => Math.floor(distortion * Math.floor(side / 2)));
  const inward = (axis: 0 | 1): number => wholeBetween(draw, 0, reach[axis] ?? 0);
  return [
    [inward(0), inward(1)],
    [width - 1 - inward(0), inward(1)],
    [width - 1 - inward(0), height - 1 - inward(1)],
    [inward(0), height - 1 - inward(1)],
  ];
}

/**
 * Where each pixel comes from, so that the picture's corners come to lie on the given ones. As torchvision does it the eight numbers are
 * found for the corners' indices and used half a pixel further.
 */
export function perspectiveMatrix({ width, height }: Size, corners: readonly Corner[]): Matrix {
  const starts: readonly Corner[] = [
    ...([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]] as const), // prettier-ignore
  ];
  const rows = corners.flatMap(([x, y], at) => {
    const [u, v] = starts[at] ?? [0, 0];
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, h = 0] = solve(rows);
  const [half, w] = [0.5, 1 + (g + h) / 2];
  // To the half pixel, projected, and back by half a pixel.
  return [
    ...([a - half * g, b - half * h, c + half * (a + b) - half * w] as const),
    ...([d - half * g, e - half * h, f + half * (d + e) - half * w] as const),
    ...([g, h, w] as const),
  ];
}
