import type { Fill } from './fill.ts';
import { fillLocalMean } from './fill-local-mean.ts';
import { matchNoise } from './matched-noise.ts';
import { replacePixels } from './pixel-planes.ts';
import { createLaplaceSolver } from './solve-laplace.ts';

/** Harmonic inpainting: the smoothest continuation of the surroundings, with grain like theirs, so that the mask's shape does not show. */
export const fillHarmonic: Fill = (request) => {
  const { picture, mask } = request;
  const start = fillLocalMean(request);
  if (!start) return undefined;
  const noise = matchNoise(request);
  const solve = createLaplaceSolver({ width: picture.width, height: picture.height, mask });
  const smooth = Array.from({ length: picture.channels }, (_, channel) => {
    const values = start.values.subarray(channel * mask.length, (channel + 1) * mask.length);
    return solve(values);
  });
  return replacePixels(picture, mask, (channel, pixel) => (smooth[channel]?.[pixel] ?? 0) + noise(channel, pixel));
};
