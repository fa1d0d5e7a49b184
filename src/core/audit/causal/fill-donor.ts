import { surround } from './dilate.ts';
import type { Fill, FillRequest } from './fill.ts';
import { findFootprint, isFree, type Footprint } from './footprint.ts';
import { listPixels, replacePixels, sizeOfMask, type PixelMask } from './pixel-planes.ts';
import { createLaplaceSolver } from './solve-laplace.ts';

/** Around the mask, this far, the donor has to fit. */
const RIM = 2;
/** Places tried along each axis. */
const PLACES = 28;

/**
 * A patch of the same picture: of all places that the mask, with a rim around it, fits into without touching what is to be avoided, the one whose
 * rim looks most like that of the mask. The difference along the rim is spread over the patch by Laplace's equation (seamless cloning;
 * Pérez, Gangnet and Blake, 2003), so that texture is copied and brightness fits. Undefined where no place is free.
 */
export const fillDonor: Fill = (request) => {
  const { picture, mask } = request;
  const shift = findDonor(request);
  if (shift === undefined) return undefined;
  const { width, height, channels } = picture;
  const solve = createLaplaceSolver({ width, height, mask });
  const rim = listPixels(surround(mask, picture, 1));
  const cloned = Array.from({ length: channels }, (_, channel) => {
    const plane = picture.values.subarray(channel * mask.length, (channel + 1) * mask.length);
    const difference = new Float32Array(mask.length);
    for (const pixel of rim) difference[pixel] = (plane[pixel] ?? 0) - (plane[pixel + shift] ?? 0);
    return { plane, difference: solve(difference) };
  });
  return replacePixels(picture, mask, (channel, pixel) => {
    const { plane, difference } = cloned[channel] ?? {};
    return (plane?.[pixel + shift] ?? 0) + (difference?.[pixel] ?? 0);
  });
};

/** How far, in pixels of the plane, the best donor lies from the mask. */
function findDonor({ picture, mask, avoid }: FillRequest): number | undefined {
  const rim = surround(mask, picture, RIM);
  const whole = mask.map((inside, pixel) => inside | (rim[pixel] ?? 0));
  const footprint = findFootprint(whole, picture.width);
  if (!footprint || sizeOfMask(rim) === 0) return undefined;
  const blocked = whole.map((inside, pixel) => inside | (avoid[pixel] ?? 0));
  const rimPixels = Array.from(listPixels(rim)).filter((pixel) => avoid[pixel] === 0);
  let best: { readonly shift: number; readonly difference: number } | undefined;
  for (const shift of listFreeShifts(footprint, picture, blocked)) {
    const difference = compareRims({ picture, rim: rimPixels }, shift, best?.difference ?? Infinity);
    if (!best || difference < best.difference) best = { shift, difference };
  }
  return best?.shift;
}

function listFreeShifts(
  footprint: Footprint,
  size: { readonly width: number; readonly height: number },
  blocked: PixelMask,
): number[] {
  const [stepX, stepY] = [Math.ceil(size.width / PLACES), Math.ceil(size.height / PLACES)];
  const shifts: number[] = [];
  for (let y = 0; y <= size.height - footprint.height; y += stepY) {
    for (let x = 0; x <= size.width - footprint.width; x += stepX) {
      if (isFree(footprint, { x, y }, { blocked, width: size.width }))
        shifts.push((y - footprint.top) * size.width + x - footprint.left);
    }
  }
  return shifts;
}

interface Rim {
  readonly picture: FillRequest['picture'];
  readonly rim: readonly number[];
}

/** The sum of squared differences along the rim; given up beyond `enough`. */
function compareRims({ picture, rim }: Rim, shift: number, enough: number): number {
  const { channels, values, width, height } = picture;
  let sum = 0;
  for (const pixel of rim) {
    if (sum >= enough) break;
    for (let at = pixel; at < channels * width * height; at += width * height) {
      sum += ((values[at] ?? 0) - (values[at + shift] ?? 0)) ** 2;
    }
  }
  return sum;
}
