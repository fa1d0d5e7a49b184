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
  checkChannels(reading, input.shape, weight.dims, group);
  const window = readWindow(reading, input.shape, weight.dims.slice(2));
  const size = spatialSize(reading, input.shape);
  const height = outputSize(window, size, 0);
  const width = outputSize(window, size, 1);
  if (height < 1 || width < 1) throw unsupported(reading, `its window is larger than its input (${size.join('×')})`);
  const shape: Shape = ['batch', weight.dims[0] ?? 0, height, width];
  return computes(reading, { kind: 'convolution', ...window, weight, bias: parameterInput(reading, 2), group }, shape);
};

function checkChannels(reading: Reading, shape: Shape, weight: readonly number[], group: number): void {
  const channels = shape[1];
  const expected = (weight[1] ?? 0) * group;
  if (channels !== expected) {
    throw unsupported(reading, `its weight expects ${String(expected)} channels but it is given ${String(channels)}`);
  }
}
