import { read } from './augmentation.ts';
import type { Augmentation } from './augmentation.ts';
import { adjustContrast } from './tone.ts';

/** Every value drawn towards (below 1) or away from (above 1) the mean grey (torchvision's `adjust_contrast`). */
export const contrast: Augmentation = {
  title: 'Contrast',
  defaults: { factor: 0.6 },
  severities: [0.9, 0.8, 0.6, 0.45, 0.3].map((factor) => ({ factor })),
  isDrawn: false,
  refuse: (parameters) => (read(parameters, 'factor') >= 0 ? undefined : 'its factor is not below 0'),
  alter: (planes, parameters) => ({ planes: adjustContrast(planes, read(parameters, 'factor')), drawn: {} }),
};
