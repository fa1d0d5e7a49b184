/** A picture as the model receives it: channels x height x width. */
export interface PixelPlanes {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** Pixels of a picture that are meant: 1 inside; height x width, row by row. */
export type PixelMask = Uint8Array;

export function sizeOfMask(mask: PixelMask): number {
  let size = 0;
  for (const inside of mask) size += inside;
  return size;
}

/** The indices of a mask's pixels, rising. */
export function listPixels(mask: PixelMask): Int32Array {
  const pixels = new Int32Array(sizeOfMask(mask));
  let count = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) if (mask[pixel] === 1) pixels[count++] = pixel;
  return pixels;
}

/** A copy with pixels of a mask given new values, by channel and pixel. */
export function replacePixels(
  planes: PixelPlanes,
  mask: PixelMask,
  valueAt: (channel: number, pixel: number) => number,
): PixelPlanes {
  const values = planes.values.slice();
  const pixels = planes.height * planes.width;
  for (const pixel of listPixels(mask)) {
    for (let channel = 0; channel < planes.channels; channel++) {
      values[channel * pixels + pixel] = valueAt(channel, pixel);
    }
  }
  return { ...planes, values };
}
