import { z } from 'zod';
import { channelCount, defaultResizeTo, torchvisionRecipe } from './input-recipe.ts';
import type { InputRecipe } from './input-recipe.ts';

/** What a model is called, what it expects and what its outputs mean. */
export interface ModelManifest {
  readonly title?: string | undefined;
  readonly input: InputRecipe;
  /** Class names in the order of the outputs; empty when nobody said. */
  readonly labels: readonly string[];
  readonly notes?: string | undefined;
}

const MAX_SIDE = 8192;

const side = z.int().min(1).max(MAX_SIDE);
const perChannel = z.array(z.number()).min(1).max(3);

const inputSchema = z
  .strictObject({
    width: side.default(torchvisionRecipe.width),
    height: side.default(torchvisionRecipe.height),
    channels: z.enum(['rgb', 'bgr', 'grey']).default('rgb'),
    resize: z.enum(['bilinear-antialiased', 'bicubic-antialiased', 'nearest']).default('bilinear-antialiased'),
    fit: z.enum(['whole', 'shorter-side-then-center-crop']).default('whole'),
    resizeTo: side.optional(),
    range: z
      .tuple([z.number(), z.number()])
      .refine(([black, white]) => black < white, 'must be [black, white], rising'),
    mean: perChannel.optional(),
    std: z.array(z.number().positive()).min(1).max(3).optional(),
  })
  .partial({ range: true })
  .transform(completeRecipe)
  .superRefine((recipe, context) => {
    for (const [path, message] of recipeProblems(recipe)) context.addIssue({ code: 'custom', path: [path], message });
  });

/** A manifest's JSON; what its input leaves out becomes torchvision's. */
export const manifestSchema = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  input: inputSchema.prefault({}),
  labels: z.array(z.string().trim().min(1).max(200)).max(100_000).default([]),
  notes: z.string().max(20_000).optional(),
});

type PartialRecipe = Pick<InputRecipe, 'width' | 'height' | 'channels' | 'resize' | 'fit'> & {
  readonly resizeTo?: number | undefined;
  readonly range?: readonly [number, number] | undefined;
  readonly mean?: readonly number[] | undefined;
  readonly std?: readonly number[] | undefined;
};

function completeRecipe(given: PartialRecipe): InputRecipe {
  const isColor = given.channels !== 'grey';
  const inOrder = (values: readonly number[]): readonly number[] =>
    given.channels === 'bgr' ? [...values].reverse() : values;
  return {
    ...given,
    resizeTo: given.resizeTo ?? defaultResizeTo(given.width, given.height),
    range: given.range ?? torchvisionRecipe.range,
    mean: given.mean ?? (isColor ? inOrder(torchvisionRecipe.mean) : []),
    std: given.std ?? (isColor ? inOrder(torchvisionRecipe.std) : []),
  };
}

function recipeProblems(recipe: InputRecipe): [field: string, problem: string][] {
  const count = channelCount(recipe);
  const needed = `needs ${count} ${count === 1 ? 'number' : 'numbers'}, one per channel of '${recipe.channels}'`;
  const candidates: [boolean, string, string][] = [
    [recipe.mean.length !== count, 'mean', needed],
    [recipe.std.length !== count, 'std', needed],
    [
      recipe.fit !== 'whole' && recipe.resizeTo < Math.max(recipe.width, recipe.height),
      'resizeTo',
      'must not be smaller than width and height, which are cut out of it',
    ],
  ];
  return candidates.filter(([isWrong]) => isWrong).map(([, field, problem]) => [field, problem]);
}
