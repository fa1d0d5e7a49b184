import type { Augmentation } from './augmentation.ts';
import { brightness } from './brightness.ts';
import { colorJitter } from './color-jitter.ts';
import { contrast } from './contrast.ts';
import { erasing } from './erasing.ts';
import { gaussianBlur } from './gaussian-blur.ts';
import { horizontalFlip } from './horizontal-flip.ts';
import { microscope } from './microscope.ts';
import { noise } from './noise.ts';
import { perspective } from './perspective.ts';
import { rotation, rotationInBlack } from './rotation.ts';
import { sharpen } from './sharpen.ts';
import { shift } from './shift.ts';

/** All augmentations by the names they are asked for with. */
export const augmentations = {
  blur: gaussianBlur,
  sharpen,
  rotate: rotation,
  'rotate-black': rotationInBlack,
  flip: horizontalFlip,
  shift,
  brightness,
  contrast,
  'color-jitter': colorJitter,
  perspective,
  erasing,
  microscope,
  noise,
} as const satisfies Readonly<Record<string, Augmentation>>;

export type AugmentationName = keyof typeof augmentations;

export const augmentationNames = Object.keys(augmentations) as readonly AugmentationName[];

export const isAugmentationName = (name: string): name is AugmentationName => Object.hasOwn(augmentations, name);

export const getAugmentation = (name: AugmentationName): Augmentation => augmentations[name];
