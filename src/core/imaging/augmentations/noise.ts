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
  const strengthOf = (factor: number): number => measureStrength(planes.values, pattern, factor);
  if (strengthOf(LARGEST_FACTOR) < strength) {
    return { reason: `no noise between black and white changes this picture by ${strength.toPrecision(3)}` };
  }
  let [low, high] = [0, LARGEST_FACTOR];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (strengthOf(middle) < strength) low = middle;
    else high = middle;
  }
  const values = planes.values.map((value, at) => clip(value + high * (pattern[at] ?? 0)));
  return { planes: { ...planes, values }, drawn: { strength } };
}

/** Root mean square of what noise of a factor changes after cutting. */
function measureStrength(values: Float32Array, pattern: Float32Array, factor: number): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    const changed = value + factor * (pattern[at] ?? 0);
    const change = (changed < 0 ? 0 : changed > 1 ? 1 : changed) - value;
    sum += change * change;
  }
  return Math.sqrt(sum / values.length);
}

/** Box and Muller (1958). */
function drawNormal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
