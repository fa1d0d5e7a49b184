/** How each stored tensor of a seeded network is filled. Nothing is drawn before it is asked for. */
import { createNormalValues } from './seeded-normal.ts';

/** A stored tensor that is still to be filled. */
export interface WeightRecipe {
  readonly name: string;
  readonly dims: readonly number[];
  readonly createValues: () => Float32Array;
}

/** What a batch norm does to each channel when it is read as one step: multiply by `scale`, then add `shift`. */
interface ChannelScaling {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}

export const normEpsilon = 1e-5;
const biasDeviation = 0.02;

/** Recipes for one seed. Every tensor is drawn from the seed and its own name, so order does not matter. */
export class WeightRecipes {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Weights of a convolution or linear layer. `foldedNorm` names a batch norm to be merged into it. */
  weight(
    module: string,
    dims: readonly number[],
    form: { deviation: number; foldedNorm?: string | undefined },
  ): WeightRecipe {
    const { deviation, foldedNorm } = form;
    const recipe = this.#normal(`${module}.weight`, dims, { deviation });
    if (foldedNorm === undefined) return recipe;
    const createValues = (): Float32Array =>
      scaleRows(recipe.createValues(), this.#channelScaling(foldedNorm, dims[0] ?? 0).scale);
    return { ...recipe, createValues };
  }

  /** A small bias; `foldedNorm` as for `weight`. `own` is false where the module itself has none. */
  bias(module: string, channels: number, form: { own: boolean; foldedNorm?: string | undefined }): WeightRecipe {
    const { own, foldedNorm } = form;
    const recipe = this.#normal(`${module}.bias`, [channels], { deviation: own ? biasDeviation : 0 });
    if (foldedNorm === undefined) return recipe;
    const createValues = (): Float32Array => {
      const { scale, shift } = this.#channelScaling(foldedNorm, channels);
      return recipe.createValues().map((value, channel) => value * (scale[channel] ?? 0) + (shift[channel] ?? 0));
    };
    return { ...recipe, createValues };
  }

  /** Weight, bias, mean and variance of a batch norm, in the order in which the operator takes them. */
  batchNorm(module: string, channels: number): [WeightRecipe, WeightRecipe, WeightRecipe, WeightRecipe] {
    const recipe = (name: string, mean: number): WeightRecipe =>
      this.#normal(`${module}.${name}`, [channels], { mean, deviation: 0.1 });
    return [recipe('weight', 1), recipe('bias', 0), recipe('running_mean', 0), recipe('running_var', 1)];
  }

  #channelScaling(norm: string, channels: number): ChannelScaling {
    const [weight, bias, mean, variance] = this.batchNorm(norm, channels).map((recipe) => recipe.createValues());
    const scale = Float32Array.from({ length: channels }, (_, channel) => {
      return (weight?.[channel] ?? 0) / Math.sqrt((variance?.[channel] ?? 0) + normEpsilon);
    });
    return { scale, shift: scale.map((value, channel) => (bias?.[channel] ?? 0) - (mean?.[channel] ?? 0) * value) };
  }

  #normal(name: string, dims: readonly number[], form: { mean?: number; deviation: number }): WeightRecipe {
    const count = dims.reduce((product, dim) => product * dim, 1);
    return { name, dims, createValues: () => createNormalValues(`${this.#seed} ${name}`, count, form) };
  }
}

function scaleRows(values: Float32Array, scale: Float32Array): Float32Array {
  const rowLength = values.length / scale.length;
  for (const [row, factor] of scale.entries()) {
    for (let index = row * rowLength; index < (row + 1) * rowLength; index++)
      values[index] = (values[index] ?? 0) * factor;
  }
  return values;
}
