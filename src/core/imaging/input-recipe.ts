/** What a model's author did to a picture before the network saw it. */
export interface InputRecipe {
  readonly width: number;
  readonly height: number;
  /** Order of the tensor's channel axis; `grey` is one channel. */
  readonly channels: 'rgb' | 'bgr' | 'grey';
  /** Names say what Pillow calls BILINEAR, BICUBIC and NEAREST. */
  readonly resize: 'bilinear-antialiased' | 'bicubic-antialiased' | 'nearest';
  /** `whole` stretches the picture to the size; the other is torchvision's Resize followed by CenterCrop. */
  readonly fit: 'whole' | 'shorter-side-then-center-crop';
  /** Length the shorter side is resized to before cropping; unused when `fit` is `whole`. */
  readonly resizeTo: number;
  /** What black and white become before mean and std are applied. */
  readonly range: readonly [black: number, white: number];
  /** One number per channel, in the units of `range`, in the order of `channels`. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** torchvision's ImageNet preprocessing at 224 x 224, the whole picture stretched to size. */
export const torchvisionRecipe: InputRecipe = {
  width: 224,
  height: 224,
  channels: 'rgb',
  resize: 'bilinear-antialiased',
  fit: 'whole',
  resizeTo: 256,
  range: [0, 1],
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

export const channelCount = (recipe: Pick<InputRecipe, 'channels'>): 1 | 3 => (recipe.channels === 'grey' ? 1 : 3);

/** torchvision shortens 256 -> 224; other sizes keep that proportion (299 -> 342, as torchvision does). */
export const defaultResizeTo = (width: number, height: number): number =>
  Math.round((Math.max(width, height) * 256) / 224);

/** Per channel, the tensor values of black and white: the bounds the ZBox rule needs. */
export interface PixelBounds {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Bounds of the model's input, (range - mean) / std, per channel in tensor order. */
export function pixelBounds(recipe: InputRecipe): PixelBounds {
  const [black, white] = recipe.range;
  const normalize = (value: number): number[] =>
    recipe.mean.map((mean, channel) => (value - mean) / (recipe.std[channel] ?? 1));
  return { low: normalize(black), high: normalize(white) };
}
