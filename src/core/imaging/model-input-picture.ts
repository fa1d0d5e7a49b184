import type { InputRecipe } from './input-recipe.ts';
import type { Picture } from './picture.ts';

/** A model's input turned back into a picture of 8 bits, to be looked at; what lies beyond black and white is cut off. */
export function showModelInput(tensor: Float32Array, recipe: InputRecipe): Picture {
  const { width, height, range, mean, std } = recipe;
  const pixels = width * height;
  const channels = recipe.channels === 'grey' ? 1 : 3;
  const samples = new Uint8ClampedArray(channels * pixels);
  mean.forEach((middle, channel) => {
    const place = recipe.channels === 'bgr' ? 2 - channel : channel;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = (tensor[channel * pixels + pixel] ?? 0) * (std[channel] ?? 1) + middle;
      samples[pixel * channels + place] = (255 * (value - range[0])) / (range[1] - range[0]);
    }
  });
  return {
    ...{ width, height, channels, depth: 8, samples: new Uint8Array(samples.buffer) },
    ...{ format: 'png', sha256: '', warnings: [] },
  };
}
