import { read } from './augmentation.ts';
import type { Augmentation } from './augmentation.ts';
import { adjustBrightness } from './tone.ts';

/** Every value times a factor, at most white (torchvision's `adjust_brightness`). */
export const brightness: Augmentation = {
  title: 'Brightness',
  defaults: { factor: 1.3 },
  severities: [1.1, 1.2, 1.3, 1.5, 1.75].map((factor) => ({ factor })),
  isDrawn: false,
  refuse: (parameters) => (read(parameters, 'factor') >= 0 ? undefined : 'its factor is not below 0'),
  alter: (planes, parameters) => ({ planes: adjustBrightness(planes, read(parameters, 'factor')), drawn: {} }),
};
