import type { Shape } from '../network/network.ts';
import {
  attribute,
  computedInput,
  computes,
  parameterInput,
  unsupported,
  type Reader,
  type Reading,
} from './reading.ts';
import { outputSize, readWindow, spatialSize } from './window.ts';

export const conv: Reader = (reading) => {
  const input = computedInput(reading, 0);
  const weight = parameterInput(reading, 1);
  if (weight?.dims.length !== 4) throw unsupported(reading, 'its weight should be stored with four axes');
  const group = attribute(reading.node, 'group', 'int') ?? 1;
  checkChannels(reading, input.shape[1], (weight.dims[1] ?? 0) * group);
  const bias = parameterInput(reading, 2);
  checkBias(reading, bias?.dims, weight.dims[0]);
  const window = readWindow(reading, input.shape, weight.dims.slice(2));
  const size = spatialSize(reading, input.shape);
  const height = outputSize(window, 0, { size, ceilMode: false });
  const width = outputSize(window, 1, { size, ceilMode: false });
  if (height < 1 || width < 1) throw unsupported(reading, `its window is larger than its input (${size.join('×')})`);
  const shape: Shape = ['batch', weight.dims[0] ?? 0, height, width];
  return computes(reading, { kind: 'convolution', ...window, weight, bias, group }, shape);
};

function checkChannels(reading: Reading, channels: Shape[number] | undefined, expected: number): void {
  if (channels !== expected) {
    throw unsupported(reading, `its weight expects ${String(expected)} channels but it is given ${String(channels)}`);
  }
}

/** ONNX Runtime's blocked convolution would read past the end of a bias that is too short. */
function checkBias(reading: Reading, dims: readonly number[] | undefined, channels: number | undefined): void {
  if (dims && (dims.length !== 1 || dims[0] !== channels)) {
    throw unsupported(reading, `its bias has shape [${dims.join(', ')}] but it gives ${String(channels)} channels`);
  }
}
