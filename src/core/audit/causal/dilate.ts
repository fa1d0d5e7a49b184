import { listPixels, type PixelMask } from './pixel-planes.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The mask and all pixels up to `reach` away along rows and columns (a square of 2 reach + 1 about each pixel). */
export function dilate(mask: PixelMask, size: Size, reach: number): PixelMask {
  return dilateAxis(dilateAxis(mask, size, { reach, alongRows: true }), size, { reach, alongRows: false });
}

interface DilateAxis {
  readonly reach: number;
  readonly alongRows: boolean;
}

function dilateAxis(mask: PixelMask, { width, height }: Size, { reach, alongRows }: DilateAxis): PixelMask {
  const wide = new Uint8Array(mask.length);
  const [step, count] = alongRows ? [1, width] : [width, height];
  for (const pixel of listPixels(mask)) {
    const at = alongRows ? pixel % width : Math.floor(pixel / width);
    const last = Math.min(count - 1, at + reach);
    for (let place = Math.max(0, at - reach); place <= last; place++) wide[pixel + (place - at) * step] = 1;
  }
  return wide;
}

/** Pixels outside a mask, up to `reach` away from it. */
export function surround(mask: PixelMask, size: Size, reach: number): PixelMask {
  return dilate(mask, size, reach).map((inside, pixel) => (mask[pixel] === 1 ? 0 : inside));
}
