import type { Raster } from './resample.ts';

// ITU-R 601 in 16-bit fixed point, the weights of Pillow's convert('L').
const RED = 19_595;
const GREEN = 38_470;
const BLUE = 7_471;

/** Three channels to one: 8-bit samples exactly as Pillow's convert('L'), deeper ones unrounded. */
export function toGrey(source: Raster): Raster {
  const { width, height, samples } = source;
  const isBytes = samples instanceof Uint8Array;
  const grey = new (isBytes ? Uint8Array : Float32Array)(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 3) {
    const sum = (samples[at] ?? 0) * RED + (samples[at + 1] ?? 0) * GREEN + (samples[at + 2] ?? 0) * BLUE;
    grey[pixel] = isBytes ? (sum + 0x8000) >> 16 : sum / 65_536;
  }
  return { width, height, channels: 1, samples: grey };
}
