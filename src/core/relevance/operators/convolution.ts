import type { Shape } from '../network/network.ts';
import {
  attribute,
  computedInput,
  computes,
  misfit,
  parameterInput,
  shapeText,
  unsupported,
  type Reader,
  type Reading,
} from './reading.ts';
import { outputExtent, readWindow, spatialSize } from './window.ts';

export const conv: Reader = (reading) => {
  const input = computedInput(reading, 0);
  const weight = parameterInput(reading, 1);
  if (weight?.dims.length !== 4) throw unsupported(reading, 'its weight should be stored with four axes');
  const group = readGroup(reading, weight.dims[0] ?? 0);
  checkChannels(reading, input.shape[1], (weight.dims[1] ?? 0) * group);
  const bias = parameterInput(reading, 2);
  checkBias(reading, bias?.dims, weight.dims[0]);
  const window = readWindow(reading, input.shape, weight.dims.slice(2));
  const size = spatialSize(reading, input.shape);
  const extent = outputExtent(reading, window, { size, ceilMode: false });
  const shape: Shape = ['batch', weight.dims[0] ?? 0, ...extent];
  return computes(reading, { kind: 'convolution', ...window, weight, bias, group }, shape);
};

function readGroup(reading: Reading, channels: number): number {
  const group = attribute(reading.node, 'group', 'int') ?? 1;
  if (group < 1 || channels % group !== 0) {
    throw misfit(reading, `its ${String(channels)} output channels cannot be cut into ${String(group)} groups`);
  }
  return group;
}

function checkChannels(reading: Reading, channels: Shape[number] | undefined, expected: number): void {
  if (channels !== expected) {
    throw misfit(reading, `its weight expects ${String(expected)} channels but it is given ${String(channels)}`);
  }
}

/** ONNX Runtime's blocked convolution would read past the end of a bias that is too short. */
function checkBias(reading: Reading, dims: readonly number[] | undefined, channels: number | undefined): void {
  if (dims && (dims.length !== 1 || dims[0] !== channels)) {
    throw misfit(reading, `its bias has shape ${shapeText(dims)} but it gives ${String(channels)} channels`);
  }
}
