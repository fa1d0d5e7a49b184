import { mapValues, read, wholeBetween } from './augmentation.ts';
import type { Augmentation } from './augmentation.ts';

/**
 * The view through a microscope or dermatoscope: black outside a circle about (W // 2, H // 2). The radius is an even random whole
 * number between H // 2 + `from` and H // 2 + `to`. As much an artefact to insert (dark corners) as an augmentation.
 */
export const microscope: Augmentation = {
  title: 'Microscope',
  defaults: { from: -3, to: 15 },
  severities: [15, 10, 5, 0, -3].map((offset) => ({ from: offset, to: offset })),
  isDrawn: true,
  refuse: (parameters) => {
    const [from, to] = [read(parameters, 'from'), read(parameters, 'to')];
    return Number.isInteger(from) && Number.isInteger(to) && from <= to ? undefined : 'from and to are rising whole numbers'; // prettier-ignore
  },
  alter: (planes, parameters, draw) => {
    const [x, y] = [Math.floor(planes.width / 2), Math.floor(planes.height / 2)];
    const radius = wholeBetween(draw, y + read(parameters, 'from'), y + read(parameters, 'to'));
    if (radius < 1) return { reason: `a circle of radius ${radius} leaves nothing of the picture` };
    const kept = new Uint8Array(planes.width * planes.height).map((_, pixel) => {
      const [right, down] = [(pixel % planes.width) - x, Math.floor(pixel / planes.width) - y];
      return right ** 2 + down ** 2 <= radius ** 2 ? 1 : 0;
    });
    return { planes: mapValues(planes, (value, at) => value * (kept[at % kept.length] ?? 0)), kept, drawn: { radius } };
  },
};
