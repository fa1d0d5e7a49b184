import type { InputRecipe } from './input-recipe.ts';
import { computeModelView } from './model-view.ts';
import type { Picture } from './picture.ts';
import { computePlanes, normalizePlanes } from './planes.ts';
import { findInputWarnings } from './preprocess-warnings.ts';
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

/** Turn a picture into a model's input: to the model's channels, resized as Pillow does, cropped, scaled, normalized. */
export function preprocess(picture: Picture, recipe: InputRecipe): ModelInput {
  const view = computeModelView(picture, recipe);
  const tensor = normalizePlanes(computePlanes(picture, recipe), recipe);
  const statistics = computeStatistics(tensor);
  return { tensor, statistics, warnings: findInputWarnings({ picture, recipe, view, statistics }) };
}
