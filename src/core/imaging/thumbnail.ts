import sharp from 'sharp';
import { renderDisplayGrey } from './display-grey.ts';
import type { Picture } from './picture.ts';

const JPEG_QUALITY = 82;

/**
 * A small JPEG of a picture for lists, its longest side at most `size` pixels; pictures are never enlarged. It carries the
 * pixels and nothing else of the file. 16-bit grey is spread as on the screen (`renderDisplayGrey`).
 */
export async function renderThumbnail(picture: Picture, size: number): Promise<Uint8Array> {
  const scale = Math.min(1, size / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const { samples, channels } = toBytes(picture);
  return sharp(samples, { raw: { width: picture.width, height: picture.height, channels } })
    .resize(width, height, { fit: 'fill' })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}

function toBytes(picture: Picture): { readonly samples: Uint8Array; readonly channels: 1 | 3 } {
  const { samples, channels, width, height } = picture;
  if (samples instanceof Uint8Array) return { samples, channels };
  if (channels === 3) return { samples: Uint8Array.from(samples, (sample) => sample >> 8), channels };
  return { samples: renderDisplayGrey(picture, { width, height }).samples, channels };
}
