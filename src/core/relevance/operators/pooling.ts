import type { Shape, Window } from '../network/network.ts';
import {
  attribute,
  computedInput,
  computes,
  numbersInput,
  shapeText,
  unsupported,
  type Reader,
  type Reading,
} from './reading.ts';
import { averagedSample } from './sampling.ts';
import { outputExtent, readWindow, spatialSize, withCeilPadding } from './window.ts';

function pooled(reading: Reading): { window: Window; shape: Shape } {
  const { shape } = computedInput(reading, 0);
  const size = spatialSize(reading, shape);
  const read = readWindow(reading, shape);
  const ceilMode = attribute(reading.node, 'ceil_mode', 'int') === 1;
  const out = outputExtent(reading, read, { size, ceilMode });
  const window = ceilMode ? withCeilPadding(read, size, out) : read;
  checkPadding(reading, window, size);
  return { window, shape: ['batch', shape[1] ?? 0, ...out] };
}

/** ONNX Runtime wants padding smaller than the kernel; no window may see padding alone, which has no maximum and no mean. */
function checkPadding(reading: Reading, { kernel, pads, dilations }: Window, size: readonly [number, number]): void {
  const [height, width] = kernel;
  if (pads.some((pad, side) => pad >= (side % 2 === 0 ? height : width))) {
    const kernelText = `${String(height)}×${String(width)}`;
    throw unsupported(reading, `its padding ${shapeText(pads)} is not smaller than its kernel (${kernelText})`);
  }
  if (pads.some((pad, side) => pad > 0 && (dilations[side % 2] ?? 1) > (size[side % 2] ?? 1))) {
    throw unsupported(reading, `its dilation ${shapeText(dilations)} is larger than its input of ${size.join('×')}`);
  }
}

/** The way back of max pooling is written cell by cell of the window (rules/max-pool.ts); ONNX Runtime takes 3 s to open this many. */
const mostCells = 32 * 32;

export const maxPool: Reader = (reading) => {
  const { window, shape } = pooled(reading);
  if (reading.node.outputs[1]) throw unsupported(reading, 'its Indices output is used');
  if (window.kernel[0] * window.kernel[1] > mostCells) {
    throw unsupported(reading, `its window of ${window.kernel.join('×')} has more than ${String(mostCells)} cells`);
  }
  return computes(reading, { kind: 'maxPool', ...window }, shape);
};

export const averagePool: Reader = (reading) => {
  const { window, shape } = pooled(reading);
  const countIncludePad = attribute(reading.node, 'count_include_pad', 'int') === 1;
  if (attribute(reading.node, 'ceil_mode', 'int') === 1 && window.pads.some((pad) => pad > 0)) {
    throw unsupported(reading, 'ceil_mode with windows that hang over the edge');
  }
  return computes(reading, { kind: 'averagePool', ...window, countIncludePad }, shape);
};

export const globalAveragePool: Reader = (reading) => {
  const { shape } = computedInput(reading, 0);
  return computes(reading, wholePicture(reading, shape), ['batch', shape[1] ?? 0, 1, 1]);
};

function wholePicture(reading: Reading, shape: Shape): Window & { kind: 'averagePool'; countIncludePad: false } {
  const kernel = spatialSize(reading, shape);
  return {
    kind: 'averagePool',
    kernel,
    strides: [1, 1],
    pads: [0, 0, 0, 0],
    dilations: [1, 1],
    countIncludePad: false,
  };
}

/** ReduceMean over height and width is an average pool of the whole picture; x.mean((2, 3)) exports so. */
export const reduceMean: Reader = (reading) => {
  const [picture] = reading.inputs;
  if (picture?.kind === 'sampled') return averagedSample(reading, picture, reduceAxes(reading) ?? []);
  const { shape } = computedInput(reading, 0);
  const axes = (reduceAxes(reading) ?? []).map((axis) => (axis < 0 ? axis + shape.length : axis)).sort((a, b) => a - b);
  if (shape.length !== 4 || axes.join() !== '2,3') {
    throw unsupported(reading, 'only the mean over height and width is supported');
  }
  const keep = (attribute(reading.node, 'keepdims', 'int') ?? 1) === 1;
  const channels = shape[1] ?? 0;
  return computes(reading, wholePicture(reading, shape), keep ? ['batch', channels, 1, 1] : ['batch', channels]);
};

/** Axes are an attribute up to opset 17 and an input from 18 on. */
function reduceAxes(reading: Reading): readonly number[] | undefined {
  return numbersInput(reading, 1) ?? attribute(reading.node, 'axes', 'ints');
}
