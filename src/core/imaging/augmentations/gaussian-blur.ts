import type { Planes } from '../planes.ts';
import { read } from './augmentation.ts';
import type { Augmentation } from './augmentation.ts';
import { reflectIndex } from './warp.ts';

/** Gaussian blur as torchvision's `gaussian_blur`: a separable kernel of odd length, mirrored edges. */
export const gaussianBlur: Augmentation = {
  title: 'Gaussian blur',
  defaults: { kernel: 13, sigma: 2 },
  severities: [0.5, 1, 2, 3, 4].map((sigma) => ({ sigma, kernel: 2 * Math.ceil(3 * sigma) + 1 })),
  isDrawn: false,
  refuse: (parameters) => {
    const [kernel, sigma] = [read(parameters, 'kernel'), read(parameters, 'sigma')];
    if (!Number.isInteger(kernel) || kernel % 2 !== 1 || kernel < 1) return 'its kernel is an odd number of pixels';
    return sigma > 0 ? undefined : 'its sigma is above 0';
  },
  alter: (planes, parameters) => {
    const kernel = read(parameters, 'kernel');
    const reach = (kernel - 1) / 2;
    if (reach >= Math.min(planes.width, planes.height)) {
      const size = `${planes.width} x ${planes.height}`;
      return { reason: `the picture of ${size} pixels is smaller than half the kernel of ${kernel}` };
    }
    return { planes: convolve(planes, gaussianKernel(kernel, read(parameters, 'sigma'))), drawn: {} };
  },
};

/** exp(-x^2 / (2 sigma^2)) at whole distances from the middle, of sum 1. */
export function gaussianKernel(length: number, sigma: number): Float64Array {
  const reach = (length - 1) / 2;
  const weights = new Float64Array(length).map((_, at) => Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function convolve({ width, height, channels, values }: Planes, kernel: Float64Array): Planes {
  const rows = convolveLines(values, { length: width, lines: channels * height, kernel });
  const turned = transpose(rows, { channels, width, height });
  const columns = convolveLines(turned, { length: height, lines: channels * width, kernel });
  return { width, height, channels, values: transpose(columns, { channels, width: height, height: width }) };
}

interface Lines {
  readonly length: number;
  readonly lines: number;
  readonly kernel: Float64Array;
}

function convolveLines(values: Float32Array, { length, lines, kernel }: Lines): Float32Array {
  const reach = (kernel.length - 1) / 2;
  const places = Int32Array.from({ length: length + 2 * reach }, (_, at) => reflectIndex(at - reach, length));
  const result = new Float32Array(values.length);
  for (let line = 0; line < lines; line++) {
    const start = line * length;
    for (let at = 0; at < length; at++) {
      let sum = 0;
      for (let tap = 0; tap < kernel.length; tap++) {
        sum += (kernel[tap] ?? 0) * (values[start + (places[at + tap] ?? 0)] ?? 0);
      }
      result[start + at] = sum;
    }
  }
  return result;
}

function transpose(values: Float32Array, size: { channels: number; width: number; height: number }): Float32Array {
  const { channels, width, height } = size;
  const turned = new Float32Array(values.length);
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * width * height;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) turned[start + x * height + y] = values[start + y * width + x] ?? 0;
    }
  }
  return turned;
}
