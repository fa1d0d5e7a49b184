import type { InputRecipe } from './input-recipe.ts';
import type { Size } from './resample.ts';

/** A rectangle in pixels; edges need not fall on whole pixels. */
export interface Region extends Size {
  readonly left: number;
  readonly top: number;
}

/** How a picture becomes the model's input: resized whole, then a window of the input's size cut out. */
export interface ModelView {
  readonly resized: Size;
  readonly crop: Region;
  /** The part of the original picture, in its own pixels, that the model sees. */
  readonly region: Region;
}

/** Geometry of a recipe on a picture of this size (torchvision's Resize and CenterCrop for the cropping fit). */
export function computeModelView(picture: Size, recipe: InputRecipe): ModelView {
  const { width, height } = recipe;
  const resized = recipe.fit === 'whole' ? { width, height } : resizeShorterSide(picture, recipe.resizeTo);
  const left = roundHalfToEven((resized.width - width) / 2);
  const top = roundHalfToEven((resized.height - height) / 2);
  const scaleX = picture.width / resized.width;
  const scaleY = picture.height / resized.height;
  return {
    resized,
    crop: { left, top, width, height },
    region: { left: left * scaleX, top: top * scaleY, width: width * scaleX, height: height * scaleY },
  };
}

function resizeShorterSide({ width, height }: Size, shorter: number): Size {
  return width <= height
    ? { width: shorter, height: Math.trunc((shorter * height) / width) }
    : { width: Math.trunc((shorter * width) / height), height: shorter };
}

/** Python's `round`, which decides the crop's offset in torchvision. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
