import sharp from 'sharp';
import { renderDisplayGrey } from './display-grey.ts';
import type { Picture } from './picture.ts';
import { triangle } from './resample-weights.ts';
import { resizeBytes, type Raster, type Size } from './resample.ts';

const JPEG_QUALITY = 82;

/** Samples up to which a picture is reduced here, in less time than libvips takes to prepare for it. */
const MAX_OWN_SAMPLES = 512 * 512 * 3;

/**
 * A small JPEG of a picture for lists, its longest side at most `size` pixels; pictures are never enlarged. It carries the
 * pixels and nothing else of the file; grey stays one channel. 16-bit grey is spread as on the screen (`renderDisplayGrey`).
 */
export async function renderThumbnail(picture: Picture, size: number): Promise<Uint8Array> {
  const scale = Math.min(1, size / Math.max(picture.width, picture.height));
  const [width = 1, height = 1] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const bytes = toBytes(picture);
  const isSmall = bytes.samples.length <= MAX_OWN_SAMPLES;
  const { samples, ...raw } = isSmall ? resizeBytes(bytes, { width, height }, triangle) : bytes;
  return sharp(samples, { raw: { ...raw, channels: bytes.channels } })
    .resize(width, height, { fit: 'fill' })
    .toColourspace(bytes.channels === 1 ? 'b-w' : 'srgb')
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}

function toBytes(picture: Picture): Raster<Uint8Array> & { readonly channels: 1 | 3 } {
  const { samples, channels } = picture;
  const size: Size = { width: picture.width, height: picture.height };
  if (samples instanceof Uint8Array) return { ...size, samples, channels };
  if (channels === 3) return { ...size, samples: Uint8Array.from(samples, (sample) => sample >> 8), channels };
  return { ...size, samples: renderDisplayGrey(picture, size).samples, channels };
}
