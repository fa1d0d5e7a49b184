import path from 'node:path';
import {
  computeModelView,
  decodePicture,
  preprocess,
  type InputRecipe,
  type ModelInput,
  type ModelView,
  type Picture,
  type ShownPart,
} from '#core/imaging/index.ts';

/** A picture ready for the model. */
export interface PreparedPicture {
  readonly path: string;
  readonly name: string;
  /** Position among the pictures asked for, from 0. */
  readonly position: number;
  readonly picture: Picture;
  readonly input: ModelInput;
  readonly view: ModelView;
}

/** Throws `picture/...`. */
export async function preparePicture(
  picturePath: string,
  position: number,
  { recipe, shown = {} }: { readonly recipe: InputRecipe; readonly shown?: ShownPart | undefined },
): Promise<PreparedPicture> {
  const picture = await decodePicture(picturePath, shown);
  const [input, view] = [preprocess(picture, recipe), computeModelView(picture, recipe)];
  return { path: picturePath, name: path.basename(picturePath), position, picture, input, view };
}
