import type { PixelPlanes } from './pixel-planes.ts';

interface PasteRequest {
  readonly onto: PixelPlanes;
  /** Of the same size. */
  readonly from: PixelPlanes;
  /** The matte: how much of each pixel is pasted, 0 to 1; height x width. */
  readonly alpha: Float32Array;
}

/** Parts of one picture pasted into another at the same place: alpha from + (1 - alpha) onto. */
export function paste({ onto, from, alpha }: PasteRequest): PixelPlanes {
  const values = onto.values.map((value, at) => {
    const share = alpha[at % alpha.length] ?? 0;
    return share === 0 ? value : share * (from.values[at] ?? 0) + (1 - share) * value;
  });
  return { ...onto, values };
}
