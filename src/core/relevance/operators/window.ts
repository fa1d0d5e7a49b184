import type { Shape, Window } from '../network/network.ts';
import { attribute, misfit, shapeText, unsupported, type Reading } from './reading.ts';

type Pair = readonly [number, number];
type Sides = readonly [number, number, number, number];

/** What pairs are where a node does not say. */
const usualPairs = { strides: [1, 1], dilations: [1, 1], kernel_shape: [] } as const;

/** Reads kernel, strides, dilations and padding (explicit or auto_pad) of a convolution or pool over [N, C, H, W]. */
export function readWindow(reading: Reading, shape: Shape, weightKernel?: readonly number[]): Window {
  const size = spatialSize(reading, shape);
  const kernel = readPair(reading, 'kernel_shape', weightKernel);
  if (weightKernel && kernel.join() !== weightKernel.join()) {
    throw misfit(reading, `its kernel_shape is ${shapeText(kernel)} but its weight is ${weightKernel.join('×')}`);
  }
  const strides = readPair(reading, 'strides');
  const dilations = readPair(reading, 'dilations');
  const pads = readPads(reading, { kernel, strides, dilations, size });
  return withoutExcess({ kernel, strides, dilations, pads }, size);
}

/** A stride beyond the padded picture moves nothing, and a dilation of a single tap spreads nothing: both may be any number. */
function withoutExcess(window: Window, size: Pair): Window {
  const longest = (axis: 0 | 1): number => size[axis] + window.pads[axis] + window.pads[axis === 0 ? 2 : 3];
  const stride = (axis: 0 | 1): number => Math.min(window.strides[axis], longest(axis));
  const dilation = (axis: 0 | 1): number => (window.kernel[axis] === 1 ? 1 : window.dilations[axis]);
  return { ...window, strides: [stride(0), stride(1)], dilations: [dilation(0), dilation(1)] };
}

export function spatialSize(reading: Reading, shape: Shape): Pair {
  const [, , height, width] = shape;
  if (shape.length !== 4 || typeof height !== 'number' || typeof width !== 'number') {
    throw unsupported(
      reading,
      `it works on a value of shape ${shapeText(shape)}, not on pictures [batch, channels, height, width]`,
    );
  }
  return [height, width];
}

/** Two positive numbers, for height and width. */
function readPair(reading: Reading, name: keyof typeof usualPairs, otherwise?: readonly number[]): Pair {
  const values = attribute(reading.node, name, 'ints') ?? otherwise ?? usualPairs[name];
  const [height, width] = values;
  if (values.length !== 2 || height === undefined || width === undefined || height < 1 || width < 1) {
    const needed = 'two positive numbers, for height and width, are needed';
    throw unsupported(reading, `its ${name} is ${shapeText(values)} where ${needed}`);
  }
  return [height, width];
}

interface PaddingQuestion {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly size: Pair;
}

/** How each auto_pad pads: top, left, bottom, right. */
const paddings: Readonly<Record<string, (question: PaddingQuestion, reading: Reading) => Sides>> = {
  NOTSET: (_, reading) => explicitPads(reading),
  VALID: () => [0, 0, 0, 0],
  SAME_UPPER: (question) => samePads(question, true),
  SAME_LOWER: (question) => samePads(question, false),
};

function readPads(reading: Reading, question: PaddingQuestion): Sides {
  const name = attribute(reading.node, 'auto_pad', 'string') ?? 'NOTSET';
  const padding = Object.hasOwn(paddings, name) ? paddings[name] : undefined;
  if (!padding) {
    throw unsupported(reading, `its auto_pad is "${name}" where one of ${Object.keys(paddings).join(', ')} is needed`);
  }
  return padding(question, reading);
}

function explicitPads(reading: Reading): Sides {
  const pads = attribute(reading.node, 'pads', 'ints') ?? [0, 0, 0, 0];
  const [top = 0, left = 0, bottom = 0, right = 0] = pads;
  if (pads.length !== 4 || pads.some((pad) => pad < 0)) {
    const needed = 'four numbers from 0 on (top, left, bottom, right) are needed';
    throw unsupported(reading, `its pads is ${shapeText(pads)} where ${needed}`);
  }
  return [top, left, bottom, right];
}

/** auto_pad SAME_*: out = ceil(in / stride), the odd cell of padding at the end (UPPER) or the start (LOWER). */
function samePads({ kernel, strides, dilations, size }: PaddingQuestion, upper: boolean): Sides {
  const axis = (i: 0 | 1): Pair => {
    const out = Math.ceil(size[i] / strides[i]);
    const total = Math.max(0, (out - 1) * strides[i] + dilations[i] * (kernel[i] - 1) + 1 - size[i]);
    const small = Math.floor(total / 2);
    return upper ? [small, total - small] : [total - small, small];
  };
  const [top, bottom] = axis(0);
  const [left, right] = axis(1);
  return [top, left, bottom, right];
}

interface Sliding {
  readonly size: Pair;
  readonly ceilMode: boolean;
}

/** Height and width of the output, at least 1. */
export function outputExtent(reading: Reading, window: Window, sliding: Sliding): Pair {
  const extent = [outputSize(window, 0, sliding), outputSize(window, 1, sliding)] as const;
  if (extent.some((length) => length < 1)) {
    const [height, width] = window.kernel;
    const input = sliding.size.join('×');
    throw misfit(reading, `its window of ${String(height)}×${String(width)} is larger than its input of ${input}`);
  }
  return extent;
}

/** Output size along one axis. With ceil mode the last window may hang over, but must start inside input or start padding. */
function outputSize(window: Window, axis: 0 | 1, { size, ceilMode }: Sliding): number {
  const before = window.pads[axis];
  const after = window.pads[axis === 0 ? 2 : 3];
  const span = window.dilations[axis] * (window.kernel[axis] - 1) + 1;
  const steps = (size[axis] + before + after - span) / window.strides[axis];
  const out = (ceilMode ? Math.ceil(steps) : Math.floor(steps)) + 1;
  const startsOutside = ceilMode && (out - 1) * window.strides[axis] >= size[axis] + before;
  return startsOutside ? out - 1 : out;
}

/** The window with end padding enlarged so that floor rounding gives the size that ceil mode gave. */
export function withCeilPadding(window: Window, size: Pair, out: Pair): Window {
  const need = (axis: 0 | 1): number => {
    const span = window.dilations[axis] * (window.kernel[axis] - 1) + 1;
    return Math.max(0, (out[axis] - 1) * window.strides[axis] + span - size[axis] - window.pads[axis]);
  };
  const [top, left, bottom, right] = window.pads;
  return { ...window, pads: [top, left, Math.max(bottom, need(0)), Math.max(right, need(1))] };
}
