import type { Planes } from '../planes.ts';
import { clip, read } from './augmentation.ts';
import type { Augmentation } from './augmentation.ts';

/**
 * Sharpening as torchvision's `adjust_sharpness` (Pillow's): away from a 3 x 3 smoothing by a factor; 0 is smoothed, 1 as it was. The
 * outermost pixels stay.
 */
export const sharpen: Augmentation = {
  title: 'Sharpen',
  defaults: { factor: 3 },
  severities: [1.5, 2, 3, 5, 8].map((factor) => ({ factor })),
  isDrawn: false,
  refuse: (parameters) => (read(parameters, 'factor') >= 0 ? undefined : 'its factor is not below 0'),
  alter: (planes, parameters) => {
    if (Math.min(planes.width, planes.height) < 3) {
      return { reason: `the picture of ${planes.width} x ${planes.height} pixels is smaller than the kernel of 3 x 3` };
    }
    const factor = read(parameters, 'factor');
    const smooth = smoothInside(planes);
    const values = planes.values.map((value, at) => clip(factor * value + (1 - factor) * (smooth[at] ?? 0)));
    return { planes: { ...planes, values }, drawn: {} };
  },
};

const CENTER_WEIGHT = 5;
const SUM_OF_WEIGHTS = 13;

/** Weights 1, the middle 5, over 13. */
function smoothInside({ width, height, channels, values }: Planes): Float32Array {
  const smooth = Float32Array.from(values);
  const pixels = width * height;
  for (let at = 0; at < channels * pixels; at++) {
    const [x, y] = [at % width, Math.floor((at % pixels) / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) continue;
    let sum = (CENTER_WEIGHT - 1) * (values[at] ?? 0);
    for (let row = -1; row <= 1; row++) {
      for (let column = -1; column <= 1; column++) sum += values[at + row * width + column] ?? 0;
    }
    smooth[at] = sum / SUM_OF_WEIGHTS;
  }
  return smooth;
}
