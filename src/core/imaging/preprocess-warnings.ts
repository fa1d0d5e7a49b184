import { pixelBounds } from './input-recipe.ts';
import type { InputRecipe } from './input-recipe.ts';
import type { ModelView } from './model-view.ts';
import { whiteLevel } from './picture.ts';
import type { Picture } from './picture.ts';
import type { TensorStatistics } from './tensor-statistics.ts';

export interface InputUnderCheck {
  readonly picture: Picture;
  readonly recipe: InputRecipe;
  readonly view: ModelView;
  readonly statistics: TensorStatistics;
}

type Check = (input: InputUnderCheck) => string | undefined;

const TWELVE_BIT_WHITE = 4095;
/** Networks see inputs of a few units; ImageNet's own bounds are -2.1 and 2.6. */
const WIDEST_USUAL_BOUND = 20;
const SMALLEST_USUAL_STD = 1 / 255;
const UPSCALING_WORTH_SAYING = 1.5;
const NARROW_SHARE = 0.1;

const round = (value: number): string => Number(value.toPrecision(3)).toString();

const isFlat = ({ samples, channels }: Picture): boolean =>
  samples.every((sample, index) => sample === samples[index % channels]);

const checkFlat: Check = ({ statistics, picture }) => {
  if (statistics.min !== statistics.max && !isFlat(picture)) return undefined;
  return 'Every pixel the model sees has the same value; a heatmap of this picture says nothing.';
};

const checkMeanInRange: Check = ({ recipe: { mean, range } }) => {
  const outside = mean.find((value) => value < range[0] || value > range[1]);
  if (outside === undefined) return undefined;
  return `The manifest's mean ${round(outside)} lies outside its range [${range.join(', ')}]; they must be in the same units.`;
};

const checkSmallStd: Check = ({ recipe: { std, range } }) => {
  const limit = SMALLEST_USUAL_STD * (range[1] - range[0]);
  const small = std.find((value) => value < limit);
  if (small === undefined) return undefined;
  return `The manifest's std ${round(small)} is tiny for its range [${range.join(', ')}]; check its units.`;
};

const checkBounds: Check = ({ recipe, statistics }) => {
  const { low, high } = pixelBounds(recipe);
  const widest = Math.max(...low.map(Math.abs), ...high.map(Math.abs));
  if (widest <= WIDEST_USUAL_BOUND) return undefined;
  const extent = `${round(statistics.min)} to ${round(statistics.max)}`;
  return `The tensor runs from ${extent}, far from the few units most networks expect; check range, mean and std.`;
};

const checkUnusedDepth: Check = ({ picture }) => {
  let brightest = 0;
  let darkest = whiteLevel(picture);
  for (const sample of picture.samples) {
    if (sample > brightest) brightest = sample;
    if (sample < darkest) darkest = sample;
  }
  if (picture.depth === 16 && brightest <= TWELVE_BIT_WHITE && brightest > 0) {
    return `The 16-bit picture uses only its low 12 bits (brightest ${brightest} of 65535), so the model sees it nearly black; apply a window first.`;
  }
  const share = (brightest - darkest) / whiteLevel(picture);
  if (share === 0 || share >= NARROW_SHARE) return undefined;
  return `The picture uses only ${round(share * 100)} % of the grey range (${darkest} to ${brightest}); check its window.`;
};

const checkUpscaling: Check = ({ picture, view: { resized } }) => {
  const factor = Math.max(resized.width / picture.width, resized.height / picture.height);
  if (factor < UPSCALING_WORTH_SAYING) return undefined;
  return `The picture is only ${picture.width} x ${picture.height} pixels and was upscaled ${round(factor)} times for the model.`;
};

const checkStretching: Check = ({ picture, view: { resized } }) => {
  const stretch = (resized.width / picture.width) * (picture.height / resized.height);
  const factor = Math.max(stretch, 1 / stretch);
  if (factor < 1.5) return undefined;
  return `The picture was stretched ${round(factor)} times in one direction to fit the model's input.`;
};

const checks: readonly Check[] = [
  checkFlat,
  checkMeanInRange,
  checkSmallStd,
  checkBounds,
  checkUnusedDepth,
  checkUpscaling,
  checkStretching,
];

/** Everything about this picture and recipe that a careful reader would question. */
export const findInputWarnings = (input: InputUnderCheck): string[] =>
  checks.map((check) => check(input)).filter((sentence) => sentence !== undefined);
