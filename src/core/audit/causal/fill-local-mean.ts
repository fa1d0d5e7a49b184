import { findConnectedParts } from './connected-parts.ts';
import { surround } from './dilate.ts';
import type { Fill, FillRequest } from './fill.ts';
import { listPixels, replacePixels, sizeOfMask, type PixelMask } from './pixel-planes.ts';

/** How far around a part its mean is taken. */
const REACH = 3;

/** Each connected part in one flat color: the mean, per channel, of the pixels around it. Undefined where nothing is left around it. */
export const fillLocalMean: Fill = (request) => {
  const { picture, mask } = request;
  const means = new Map<number, readonly number[]>();
  for (const part of findConnectedParts(mask, picture.width)) {
    const ring = findRing(request, part);
    if (!ring) return undefined;
    const mean = meanOf(request, ring);
    for (const pixel of part) means.set(pixel, mean);
  }
  return replacePixels(picture, mask, (channel, pixel) => means.get(pixel)?.[channel] ?? 0);
};

/** Widened until there are pixels in it. */
function findRing({ picture, mask, avoid }: FillRequest, part: readonly number[]): PixelMask | undefined {
  const own = new Uint8Array(mask.length);
  for (const pixel of part) own[pixel] = 1;
  for (let reach = REACH; reach < picture.width + picture.height; reach *= 2) {
    const ring = surround(own, picture, reach).map((inside, pixel) =>
      mask[pixel] === 1 || avoid[pixel] === 1 ? 0 : inside,
    );
    if (sizeOfMask(ring) > 0) return ring;
  }
  return undefined;
}

function meanOf({ picture: { channels, values } }: FillRequest, ring: PixelMask): readonly number[] {
  const pixels = listPixels(ring);
  return Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (const pixel of pixels) sum += values[channel * ring.length + pixel] ?? 0;
    return sum / pixels.length;
  });
}
