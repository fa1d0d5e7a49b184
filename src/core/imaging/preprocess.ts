import { channelCount } from './input-recipe.ts';
import type { InputRecipe } from './input-recipe.ts';
import { toGrey } from './luma.ts';
import { computeModelView } from './model-view.ts';
import type { ModelView } from './model-view.ts';
import { resizeNearest } from './nearest.ts';
import type { Picture } from './picture.ts';
import { whiteLevel } from './picture.ts';
import { findInputWarnings } from './preprocess-warnings.ts';
import { cubic, triangle } from './resample-weights.ts';
import { resizeBytes, resizeFloats } from './resample.ts';
import type { Raster } from './resample.ts';
import { computeStatistics } from './tensor-statistics.ts';
import type { TensorStatistics } from './tensor-statistics.ts';

/** A picture as the model receives it. */
export interface ModelInput {
  /** channels x height x width, channels in the recipe's order. */
  readonly tensor: Float32Array;
  readonly statistics: TensorStatistics;
  /** Sentences about a recipe or picture that looks wrong. */
  readonly warnings: readonly string[];
}

/**
 * Turn a picture into a model's input: to the model's channels, resized as Pillow does, cropped, scaled, normalized.
 * 8-bit pictures are resized in 8 bits (as Pillow and torchvision do), 16-bit ones in floating point.
 */
export function preprocess(picture: Picture, recipe: InputRecipe): ModelInput {
  const view = computeModelView(picture, recipe);
  const seen = resizeToInput(picture, recipe);
  const tensor = normalize(seen, whiteLevel(picture), recipe);
  const statistics = computeStatistics(tensor);
  return { tensor, statistics, warnings: findInputWarnings({ picture, recipe, view, statistics }) };
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

/** Every step is rounded to float32, in torchvision's order, so that the tensor equals its ToTensor and Normalize. */
function normalize(source: Raster, white: number, recipe: InputRecipe): Float32Array {
  const [black, range] = [recipe.range[0], recipe.range[1] - recipe.range[0]];
  const isPlain = black === 0 && range === 1;
  const pixels = source.width * source.height;
  const tensor = new Float32Array(channelCount(recipe) * pixels);
  recipe.mean.forEach((mean, channel) => {
    const from = sourceChannel(source, recipe, channel);
    const std = fround(recipe.std[channel] ?? 1);
    for (let pixel = 0; pixel < pixels; pixel++) {
      const unit = fround((source.samples[pixel * source.channels + from] ?? 0) / white);
      const scaled = isPlain ? unit : fround(black + unit * range);
      tensor[channel * pixels + pixel] = fround(scaled - fround(mean)) / std;
    }
  });
  return tensor;
}

function sourceChannel(source: Raster, recipe: InputRecipe, channel: number): number {
  if (source.channels === 1) return 0;
  return recipe.channels === 'bgr' ? 2 - channel : channel;
}
