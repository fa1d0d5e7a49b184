import { sizeOfMask, type PixelMask } from './pixel-planes.ts';

/**
 * Controls for a frame, which fits nowhere else: frames of as many pixels, one inside the other, from its inner edge inwards. Their distance to the
 * middle of the picture falls; nothing else of a frame's size could keep it.
 */
export function createFrameControls(
  { width, height, mask }: { readonly width: number; readonly height: number; readonly mask: PixelMask },
  count: number,
): readonly PixelMask[] {
  const depthOf = (pixel: number): number => {
    const [column, row] = [pixel % width, Math.floor(pixel / width)];
    return Math.min(column, row, width - 1 - column, height - 1 - row);
  };
  const inwards = Array.from(mask.keys())
    .filter((pixel) => mask[pixel] === 0)
    .sort((a, b) => depthOf(a) - depthOf(b) || a - b);
  const size = sizeOfMask(mask);
  const possible = size === 0 ? 0 : Math.min(count, Math.floor(inwards.length / size));
  return Array.from({ length: possible }, (_, index) => {
    const frame = new Uint8Array(mask.length);
    for (const pixel of inwards.slice(index * size, (index + 1) * size)) frame[pixel] = 1;
    return frame;
  });
}
