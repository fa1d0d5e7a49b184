import { toDisplayBytes } from './display-grey.ts';
import type { Picture } from './picture.ts';
import { writePng } from './pixel-codec.ts';
import { cubic } from './resample-weights.ts';
import { resizeBytes } from './resample.ts';
import type { Size } from './resample.ts';

/**
 * A picture as PNG for the eye: grey stays grey, color stays color; 16-bit samples are spread over the grey range.
 * @param bounds the picture is made to fit into them in its own aspect, but never enlarged.
 */
export async function writeDisplayPng(picture: Picture, bounds: Size): Promise<Buffer> {
  const { width, height, channels } = picture;
  const scale = Math.min(1, bounds.width / width, bounds.height / height);
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const source = { width, height, channels, samples: toDisplayBytes(picture.samples) };
  const { samples } = resizeBytes(source, size, cubic);
  return writePng(samples, size.width, size.height);
}
