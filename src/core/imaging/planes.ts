import { channelCount } from './input-recipe.ts';
import type { InputRecipe } from './input-recipe.ts';
import { toGrey } from './luma.ts';
import { computeModelView } from './model-view.ts';
import type { ModelView } from './model-view.ts';
import { resizeNearest } from './nearest.ts';
import type { Picture } from './picture.ts';
import { whiteLevel } from './picture.ts';
import { cubic, triangle } from './resample-weights.ts';
import { resizeBytes, resizeFloats } from './resample.ts';
import type { Raster, Size } from './resample.ts';

/** A picture as the model sees it, at the model's size, before range, mean and std: what augmentations change. */
export interface Planes extends Size {
  /** 1 = grey, 3 = red, green, blue. */
  readonly channels: 1 | 3;
  /** channels x height x width, channel by channel; 0 is black, 1 is white. */
  readonly values: Float32Array;
}

/**
 * The picture resized as Pillow does, cropped, and scaled to 0..1. 8-bit pictures are resized in 8 bits (as Pillow and torchvision do),
 * 16-bit ones in floating point. A grey picture stays one plane also for a color model.
 */
export function computePlanes(picture: Picture, recipe: InputRecipe): Planes {
  const { samples, width, height, channels } = resizeToInput(picture, recipe);
  const white = whiteLevel(picture);
  const pixels = width * height;
  const values = new Float32Array(channels * pixels);
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      values[channel * pixels + pixel] = (samples[pixel * channels + channel] ?? 0) / white;
    }
  }
  return { width, height, channels: channels === 3 ? 3 : 1, values };
}

/**
 * A picture at the model's input size, before it is scaled and normalized: samples in the picture's own range (0..255 or
 * 0..65535), interleaved; one channel where the picture or the model is grey.
 */
export function resizeToInput(picture: Picture, recipe: InputRecipe): Raster {
  const view = computeModelView(picture, recipe);
  return crop(resize(toModelChannels(picture, recipe), view, recipe), view);
}

/** Color into a grey model becomes luma; grey into a color model stays one channel until the end, where it is repeated. */
function toModelChannels(picture: Picture, recipe: InputRecipe): Raster {
  return picture.channels === 3 && recipe.channels === 'grey' ? toGrey(picture) : picture;
}

function resize(source: Raster, { resized }: ModelView, recipe: InputRecipe): Raster {
  if (recipe.resize === 'nearest') return resizeNearest(source, resized);
  const filter = recipe.resize === 'bicubic-antialiased' ? cubic : triangle;
  const { samples } = source;
  if (samples instanceof Uint8Array) return resizeBytes({ ...source, samples }, resized, filter);
  return resizeFloats(source, resized, filter);
}

function crop(source: Raster, { crop: { left, top, width, height } }: ModelView): Raster {
  if (width === source.width && height === source.height) return source;
  const rowLength = width * source.channels;
  const samples = source.samples.slice(0, height * rowLength);
  for (let row = 0; row < height; row++) {
    const from = ((top + row) * source.width + left) * source.channels;
    samples.set(source.samples.subarray(from, from + rowLength), row * rowLength);
  }
  return { width, height, channels: source.channels, samples };
}

const { fround } = Math;

/**
 * The model's input: channels x height x width in the recipe's order. Every step is rounded to float32, in torchvision's order, so that
 * the tensor equals its ToTensor and Normalize.
 */
export function normalizePlanes(planes: Planes, recipe: InputRecipe): Float32Array {
  const [black, range] = [recipe.range[0], recipe.range[1] - recipe.range[0]];
  const isPlain = black === 0 && range === 1;
  const pixels = planes.width * planes.height;
  const tensor = new Float32Array(channelCount(recipe) * pixels);
  recipe.mean.forEach((mean, channel) => {
    const from = sourceChannel(planes, recipe, channel) * pixels;
    const std = fround(recipe.std[channel] ?? 1);
    for (let pixel = 0; pixel < pixels; pixel++) {
      const unit = planes.values[from + pixel] ?? 0;
      const scaled = isPlain ? unit : fround(black + unit * range);
      tensor[channel * pixels + pixel] = fround(scaled - fround(mean)) / std;
    }
  });
  return tensor;
}

function sourceChannel({ channels }: Planes, recipe: InputRecipe, channel: number): number {
  if (channels === 1) return 0;
  return recipe.channels === 'bgr' ? 2 - channel : channel;
}
