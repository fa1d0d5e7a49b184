import type { ModelView, Picture } from '#core/imaging/index.ts';
import { readMask } from '#core/datasets/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { RegionChoice } from './concepts-request.ts';

/** A region of a picture as the model sees it. */
export interface LocatedRegion {
  /** [height, width] of the model's input: the share of each of its pixels that lies inside. */
  readonly inside: Float32Array;
  /** Of the whole input, 0 to 1. */
  readonly areaShare: number;
  /** The smallest rectangle around it, in the picture's pixels. */
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

interface Seen {
  readonly picture: Picture;
  readonly view: ModelView;
  readonly size: { readonly width: number; readonly height: number };
}

/** Throws `picture/...` for a mask that cannot be read, `request/invalid` for a region the model does not see. */
export async function locateRegion(choice: RegionChoice, { picture, view, size }: Seen): Promise<LocatedRegion> {
  const pixels = 'maskPath' in choice ? await loadMask(choice.maskPath, picture) : drawRectangle(choice, picture);
  const box = findBox(pixels, picture);
  const inside = seeThrough(pixels, { picture, view, size });
  const area = inside.reduce((sum, share) => sum + share, 0);
  if (!box || area === 0) {
    throw new LightboxError('request/invalid', 'The region has no part that the model sees; choose another.');
  }
  return { inside, areaShare: area / inside.length, box };
}

async function loadMask(maskPath: string, picture: Picture): Promise<Uint8Array> {
  const mask = await readMask(maskPath);
  if (mask.width === picture.width && mask.height === picture.height) return mask.pixels;
  throw new LightboxError(
    'request/invalid',
    `The mask has ${mask.width} × ${mask.height} pixels and the picture ${picture.width} × ${picture.height}; they must be of one size.`,
  );
}

function drawRectangle(rectangle: Exclude<RegionChoice, { maskPath: string }>, { width, height }: Picture): Uint8Array {
  const { left, top } = rectangle;
  return new Uint8Array(width * height).map((_, pixel) => {
    const [x, y] = [(pixel % width) + 0.5, Math.floor(pixel / width) + 0.5];
    return Number(x >= left && x < left + rectangle.width && y >= top && y < top + rectangle.height);
  });
}

function findBox(pixels: Uint8Array, { width }: Picture): LocatedRegion['box'] | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  pixels.forEach((inside, pixel) => {
    if (!inside) return;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  });
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Sampled at this many points along each side of one of the model's pixels. */
const samples = 4;

/** The region through the model's eyes: for each pixel of its input the share inside. */
function seeThrough(pixels: Uint8Array, { picture, view: { region }, size }: Seen): Float32Array {
  const [stepX, stepY] = [region.width / size.width, region.height / size.height];
  const isInside = (x: number, y: number): number => {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (column < 0 || row < 0 || column >= picture.width || row >= picture.height) return 0;
    return pixels[row * picture.width + column] ?? 0;
  };
  return new Float32Array(size.width * size.height).map((_, pixel) => {
    let count = 0;
    for (let point = 0; point < samples ** 2; point++) {
      const x = (pixel % size.width) + ((point % samples) + 0.5) / samples;
      const y = Math.floor(pixel / size.width) + (Math.floor(point / samples) + 0.5) / samples;
      count += isInside(region.left + x * stepX, region.top + y * stepY);
    }
    return count / samples ** 2;
  });
}
