/** A picture as the model receives it: channels x height x width. */
export interface PixelPlanes {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** Pixels of a picture that are meant: 1 inside; height x width, row by row. */
export type PixelMask = Uint8Array;

export const sizeOfMask = (mask: PixelMask): number => mask.reduce((sum, pixel) => sum + pixel, 0);

/** A copy with pixels of a mask given new values, by channel and pixel. */
export function replacePixels(
  planes: PixelPlanes,
  mask: PixelMask,
  valueAt: (channel: number, pixel: number) => number,
): PixelPlanes {
  const values = planes.values.slice();
  const pixels = planes.height * planes.width;
  mask.forEach((inside, pixel) => {
    if (inside === 0) return;
    for (let channel = 0; channel < planes.channels; channel++) {
      values[channel * pixels + pixel] = valueAt(channel, pixel);
    }
  });
  return { ...planes, values };
}
