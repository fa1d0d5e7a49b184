import { LightboxError } from '#shared/errors.ts';
import { limits } from '#shared/limits.ts';
import type { Size } from './resample.ts';

/** Throws LightboxError `picture/unsupported` where a picture has more than 200 megapixels. */
export function checkPictureSize(name: string, { width, height }: Size): void {
  if (width * height <= limits.picture.pixels) return;
  const megapixels = Math.ceil((width * height) / 1e6);
  const size = `${width} x ${height} pixels (${megapixels} megapixels, the limit is 200)`;
  throw new LightboxError('picture/unsupported', `${name} has ${size}; export a smaller picture.`);
}
