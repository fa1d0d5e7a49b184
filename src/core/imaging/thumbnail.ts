import sharp from 'sharp';
import { renderDisplayGrey } from './display-grey.ts';
import type { Picture } from './picture.ts';
import type { Raster } from './resample.ts';
import { shrinkBytes } from './shrink.ts';

const JPEG_QUALITY = 82;

/**
 * A small JPEG of a picture for lists, its longest side at most `size` pixels; pictures are never enlarged. It carries the
 * pixels and nothing else of the file; grey stays one channel. 16-bit grey is spread as on the screen (`renderDisplayGrey`).
 */
export async function renderThumbnail(picture: Picture, size: number): Promise<Uint8Array> {
  const scale = Math.min(1, size / Math.max(picture.width, picture.height));
  const [width = 1, height = 1] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const { channels } = picture;
  // Shrunk here and not by libvips, which takes longer to prepare for a small picture than this takes for all of it.
  const { samples } = shrinkBytes(toBytes(picture), { width, height });
  return (
    sharp(samples, { raw: { width, height, channels } })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      // Making codes for each picture would take a quarter longer.
      .jpeg({ quality: JPEG_QUALITY, optimiseCoding: false })
      .toBuffer()
  );
}

function toBytes({ width, height, channels, samples, ...picture }: Picture): Raster<Uint8Array> {
  if (samples instanceof Uint8Array) return { width, height, channels, samples };
  if (channels === 3) return { width, height, channels, samples: Uint8Array.from(samples, (sample) => sample >> 8) };
  return renderDisplayGrey({ width, height, channels, samples, ...picture }, { width, height });
}
