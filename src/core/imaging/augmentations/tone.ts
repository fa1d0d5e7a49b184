/** Changes of brightness and color of one picture, value by value, as torchvision's functions of the same names. */
import type { Planes } from '../planes.ts';
import { clip, mapValues } from './augmentation.ts';

/** ITU-R BT.601 luma as torchvision rounds it. */
const LUMA = [0.2989, 0.587, 0.114] as const;

export const adjustBrightness = (planes: Planes, factor: number): Planes =>
  mapValues(planes, (value) => clip(factor * value));

/** About the picture's mean luma. */
export function adjustContrast(planes: Planes, factor: number): Planes {
  const luma = lumaOf(planes);
  const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
  return mapValues(planes, (value) => clip(factor * value + (1 - factor) * mean));
}

/** Away from, or towards, each pixel's luma; a grey picture has none to lose. */
export function adjustSaturation(planes: Planes, factor: number): Planes {
  if (planes.channels === 1) return planes;
  const luma = lumaOf(planes);
  return mapValues(planes, (value, at) => clip(factor * value + (1 - factor) * (luma[at % luma.length] ?? 0)));
}

/** Hue turned by a part of the circle, by way of hue, saturation, value; grey has no hue. */
export function adjustHue(planes: Planes, turn: number): Planes {
  if (planes.channels === 1) return planes;
  const pixels = planes.width * planes.height;
  const values = new Float32Array(planes.values.length);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const color = [0, 1, 2].map((channel) => planes.values[channel * pixels + pixel] ?? 0);
    turnHue(color, turn).forEach((value, channel) => (values[channel * pixels + pixel] = value));
  }
  return { ...planes, values };
}

function lumaOf({ width, height, channels, values }: Planes): Float32Array {
  if (channels === 1) return values;
  const pixels = width * height;
  return new Float32Array(pixels).map((_, pixel) =>
    LUMA.reduce((sum, weight, channel) => sum + weight * (values[channel * pixels + pixel] ?? 0), 0),
  );
}

/** Smith (1978): a color is its largest part, how far the smallest lies below it, and where between the primaries it stands. */
function turnHue([red = 0, green = 0, blue = 0]: readonly number[], turn: number): readonly number[] {
  const value = Math.max(red, green, blue);
  const span = value - Math.min(red, green, blue);
  if (span === 0) return [red, green, blue];
  const place = (((hueOf([red, green, blue], value, span) / 6 + turn) % 1) + 1) % 1;
  // Each channel rises and falls along the circle, a third of it behind the one before.
  return [5, 3, 1].map((offset) => {
    const step = (offset + place * 6) % 6;
    return value - span * Math.max(0, Math.min(step, 4 - step, 1));
  });
}

/** In sixths of the circle, from red. */
function hueOf([red, green, blue]: readonly [number, number, number], value: number, span: number): number {
  if (value === red) return (green - blue) / span;
  if (value === green) return 2 + (blue - red) / span;
  return 4 + (red - green) / span;
}
