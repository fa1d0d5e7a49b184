import type { Planes } from '../planes.ts';
import { clip, read } from './augmentation.ts';
import type { Altered, Augmentation, Draw, Impossible } from './augmentation.ts';

/** Gaussian noise of a given strength: `deviation` is the root mean square of the change after black and white have cut it. */
export const noise: Augmentation = {
  title: 'Noise',
  defaults: { deviation: 0.05 },
  severities: [0.01, 0.02, 0.05, 0.1, 0.2].map((deviation) => ({ deviation })),
  isDrawn: true,
  refuse: (parameters) => (read(parameters, 'deviation') > 0 ? undefined : 'its deviation is above 0'),
  alter: (planes, parameters, draw) => addNoise(planes, read(parameters, 'deviation'), draw),
};

/** sqrt(mean((b - a)^2)) over all values. */
export function rootMeanSquare(a: Planes, b: Planes): number {
  let sum = 0;
  for (let at = 0; at < a.values.length; at++) sum += ((b.values[at] ?? 0) - (a.values[at] ?? 0)) ** 2;
  return Math.sqrt(sum / a.values.length);
}

const HALVINGS = 40;
const LARGEST_FACTOR = 100;

/** Noise whose change has exactly this root mean square: the factor before cutting is found by halving. */
export function addNoise(planes: Planes, strength: number, draw: Draw): Altered | Impossible {
  const pattern = Float32Array.from(planes.values, () => drawNormal(draw));
  const withFactor = (factor: number): Planes => ({
    ...planes,
    values: planes.values.map((value, at) => clip(value + factor * (pattern[at] ?? 0))),
  });
  let [low, high] = [0, LARGEST_FACTOR];
  if (rootMeanSquare(planes, withFactor(high)) < strength) {
    return { reason: `no noise between black and white changes this picture by ${strength.toPrecision(3)}` };
  }
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (rootMeanSquare(planes, withFactor(middle)) < strength) low = middle;
    else high = middle;
  }
  return { planes: withFactor(high), drawn: { strength } };
}

/** Box and Muller (1958). */
function drawNormal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
