import type { Shape, Window } from '../network/network.ts';
import { attribute, unsupported, type Reading } from './reading.ts';

type Pair = readonly [number, number];
type Sides = readonly [number, number, number, number];

/** Reads kernel, strides, dilations and padding (explicit or auto_pad) of a convolution or pool over [N, C, H, W]. */
export function readWindow(reading: Reading, shape: Shape, kernelShape?: readonly number[]): Window {
  const { node } = reading;
  const kernel = pair(reading, attribute(node, 'kernel_shape', 'ints') ?? kernelShape, undefined);
  const strides = pair(reading, attribute(node, 'strides', 'ints'), 1);
  const dilations = pair(reading, attribute(node, 'dilations', 'ints'), 1);
  const size = spatialSize(reading, shape);
  const pads = readPads(reading, { kernel, strides, dilations, size });
  if ([...kernel, ...strides, ...dilations].some((v) => v < 1) || pads.some((v) => v < 0)) {
    throw unsupported(reading, 'kernel, strides and dilations must be positive and pads must not be negative');
  }
  return { kernel, strides, dilations, pads };
}

export function spatialSize(reading: Reading, shape: Shape): Pair {
  const [, , height, width] = shape;
  if (shape.length !== 4 || typeof height !== 'number' || typeof width !== 'number') {
    throw unsupported(
      reading,
      `it works on a value of shape [${shape.join(', ')}], not on pictures [batch, channels, height, width]`,
    );
  }
  return [height, width];
}

function pair(reading: Reading, values: readonly number[] | undefined, otherwise: number | undefined): Pair {
  if (values === undefined && otherwise !== undefined) return [otherwise, otherwise];
  const [height, width] = values ?? [];
  if (values?.length !== 2 || height === undefined || width === undefined) {
    throw unsupported(reading, 'only windows over two axes (height, width) are supported');
  }
  return [height, width];
}

interface PaddingQuestion {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly size: Pair;
}

function readPads(reading: Reading, question: PaddingQuestion): Sides {
  const auto = attribute(reading.node, 'auto_pad', 'string') ?? 'NOTSET';
  if (auto === 'VALID') return [0, 0, 0, 0];
  if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER') return samePads(question, auto === 'SAME_UPPER');
  const [top = 0, left = 0, bottom = 0, right = 0] = attribute(reading.node, 'pads', 'ints') ?? [];
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

/** Output size along one axis. With ceil mode the last window may hang over, but must start inside input or start padding. */
export function outputSize(window: Window, axis: 0 | 1, { size, ceilMode }: { size: Pair; ceilMode: boolean }): number {
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
