import type { AugmentationName } from './table.ts';

/** What each augmentation does to the picture the model sees, in a sentence; exactly in docs/robustness.md. */
export const augmentationDefinitions: Readonly<Record<AugmentationName, string>> = {
  blur: 'Smoothed by a Gaussian of width sigma, over so many pixels as the kernel has; edges are mirrored.',
  sharpen: 'The difference from a 3 × 3 smoothed picture, times the factor.',
  rotate: 'Turned counterclockwise about the middle; outside lies the mirrored picture.',
  'rotate-black': 'Turned counterclockwise about the middle; outside is black, an artefact of its own.',
  flip: 'Left and right exchanged.',
  shift: 'Moved right and down by so many pixels; outside lies the mirrored picture.',
  brightness: 'Every value times the factor.',
  contrast: 'The distance of every value from the mean brightness, times the factor.',
  'color-jitter': 'Brightness, contrast, saturation and hue changed by chance, in an order by chance.',
  perspective: 'The corners moved inwards by chance, up to the distortion.',
  erasing: 'A rectangle of the given share of the picture, at a place by chance, made black.',
  microscope: 'Black outside of a circle, as under a microscope; an artefact of its own.',
  noise: 'Normal noise of the given strength, or as strong as another variant: its control.',
};
