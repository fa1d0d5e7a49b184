import { describe, test } from 'vitest';
import { float, int64Initializer, node, type Node } from '#core/onnx/index.ts';
import { expectRefusal, modelOf, weights, wrong, type Attributes, type Dims } from './wrong-network.ts';

/** Layers whose weights, attributes and inputs contradict each other are refused on reading, the node named. */

/** The picture as one list of 192 numbers, for layers over [batch, values]. */
const flat = node('Flatten', { inputs: ['x'], outputs: ['flat'] });

describe('a convolution', () => {
  const usual = { w: [4, 3, 3, 3], b: [4] };
  test.each<[string, Attributes, Dims, string]>([
    ['a bias too short', {}, { ...usual, b: [3] }, 'its bias has shape [3] but it gives 4 channels'],
    ['a bias of two axes', {}, { ...usual, b: [1, 4] }, 'its bias has shape [1, 4] but it gives 4 channels'],
    [
      'a weight for other channels',
      {},
      { ...usual, w: [4, 2, 3, 3] },
      'its weight expects 2 channels but it is given 3',
    ],
    ['a weight of three axes', {}, { ...usual, w: [4, 3, 3] }, 'its weight should be stored with four axes'],
    [
      'groups that cut no outputs',
      { group: 3 },
      { ...usual, w: [4, 1, 3, 3] },
      'its 4 output channels cannot be cut into 3',
    ],
    [
      'groups that cut no inputs',
      { group: 2 },
      { ...usual, w: [4, 2, 3, 3] },
      'its weight expects 4 channels but it is given 3',
    ],
    ['no groups', { group: 0 }, usual, 'its 4 output channels cannot be cut into 0 groups'],
    [
      'a kernel_shape of another size',
      { kernel_shape: [5, 5] },
      usual,
      'its kernel_shape is [5, 5] but its weight is 3×3',
    ],
    ['a kernel_shape of one axis', { kernel_shape: [3] }, usual, 'its kernel_shape is [3] where two'],
    ['three strides', { strides: [1, 1, 1] }, usual, 'its strides is [1, 1, 1] where two'],
    ['a stride of zero', { strides: [0, 1] }, usual, 'its strides is [0, 1] where two positive numbers'],
    ['a stride below zero', { strides: [1, -2] }, usual, 'its strides is [1, -2] where two positive numbers'],
    ['a dilation of zero', { dilations: [0, 0] }, usual, 'its dilations is [0, 0] where two positive numbers'],
    ['one dilation', { dilations: [2] }, usual, 'its dilations is [2] where two'],
    ['two pads', { pads: [1, 1] }, usual, 'its pads is [1, 1] where four numbers'],
    ['pads below zero', { pads: [-1, 0, 0, 0] }, usual, 'its pads is [-1, 0, 0, 0] where four numbers from 0 on'],
    ['an auto_pad of no such name', { auto_pad: 'SAME' }, usual, 'its auto_pad is "SAME" where one of'],
    ['an auto_pad that every object has', { auto_pad: 'toString' }, usual, 'its auto_pad is "toString" where one of'],
    ['strides of one number', { strides: 2 }, usual, 'its strides is a whole number where a list of whole numbers'],
    [
      'a kernel larger than the picture',
      {},
      { ...usual, w: [4, 3, 9, 9] },
      'its window of 9×9 is larger than its input of 8×8',
    ],
    ['a kernel without cells', {}, { ...usual, w: [4, 3, 0, 3] }, 'its kernel_shape is [0, 3] where two positive'],
    ['no output channels', {}, { w: [0, 3, 3, 3], b: [0] }, 'it gives a value of shape [batch, 0, 6, 6]'],
    [
      'more pixels than fit',
      { pads: [0, 0, 2 ** 40, 0] },
      usual,
      'it gives a value of shape [batch, 4, 1099511627782, 6]',
    ],
  ])('with %s', (...[, attributes, dims, why]) => {
    expectRefusal(modelOf([wrong('Conv', ['x', 'w', 'b'], attributes)], weights(dims)), 'Conv', why);
  });

  test('with weights of whole numbers', () => {
    const stored = [int64Initializer('w', [1, 3, 1, 1], [1, 1, 1])];
    expectRefusal(
      modelOf([wrong('Conv', ['x', 'w'])], stored),
      'Conv',
      'input 1 is stored as int64, where float32 is needed',
    );
  });

  test('without a weight', () => {
    expectRefusal(modelOf([wrong('Conv', ['x'])], []), 'Conv', 'it needs 2 inputs but has 1');
    expectRefusal(modelOf([wrong('Conv', ['x', ''])], []), 'Conv', 'its input 1 is left empty');
  });
});

describe('a pool', () => {
  const square = { kernel_shape: [2, 2], strides: [2, 2] };
  test.each<[string, string, Attributes, string]>([
    ['no kernel', 'MaxPool', {}, 'its kernel_shape is [] where two positive numbers'],
    [
      'padding as large as its kernel',
      'MaxPool',
      { ...square, pads: [2, 2, 2, 2] },
      'its padding [2, 2, 2, 2] is not smaller',
    ],
    [
      'padding beyond its kernel',
      'AveragePool',
      { ...square, pads: [0, 0, 0, 3] },
      'its padding [0, 0, 0, 3] is not smaller',
    ],
    [
      'a window larger than the picture',
      'AveragePool',
      { kernel_shape: [9, 1] },
      'its window of 9×1 is larger than its input of 8×8',
    ],
    ['a stride of zero', 'AveragePool', { ...square, strides: [0, 0] }, 'its strides is [0, 0] where two positive'],
    [
      'a flag of 2',
      'AveragePool',
      { ...square, count_include_pad: 2 },
      'its count_include_pad is 2 where 0 or 1 is needed',
    ],
    ['four kernel sizes', 'MaxPool', { kernel_shape: [2, 2, 2, 2] }, 'its kernel_shape is [2, 2, 2, 2] where two'],
  ])('with %s', (...[, operator, attributes, why]) => {
    expectRefusal(modelOf([wrong(operator, ['x'], attributes)], []), operator, why);
  });

  test('with windows between which the whole picture falls', () => {
    const attributes = { kernel_shape: [2, 2], dilations: [3, 3], pads: [1, 1, 1, 1] };
    const model = modelOf([wrong('MaxPool', ['x'], attributes)], [], [1, 2, 2]);
    expectRefusal(model, 'MaxPool', 'its dilation [3, 3] is larger than its input of 2×2');
  });

  test('with more cells than its way back is written for', () => {
    const model = modelOf([wrong('MaxPool', ['x'], { kernel_shape: [64, 64] })], [], [1, 64, 64]);
    expectRefusal(model, 'MaxPool', 'its window of 64×64 has more than 1024 cells');
  });
});

describe('a linear layer', () => {
  test.each<[string, Node, Dims, string]>([
    [
      'Gemm of other values',
      wrong('Gemm', ['flat', 'w']),
      { w: [100, 2] },
      'its weight expects 100 values but it is given 192',
    ],
    [
      'Gemm turned the wrong way',
      wrong('Gemm', ['flat', 'w'], { transB: 1 }),
      { w: [192, 2] },
      'its weight expects 2 values but it is given 192',
    ],
    [
      'Gemm with a bias too long',
      wrong('Gemm', ['flat', 'w', 'b']),
      { w: [192, 2], b: [3] },
      'its bias has shape [3] but it gives 2 values',
    ],
    [
      'Gemm with a bias for each picture',
      wrong('Gemm', ['flat', 'w', 'b']),
      { w: [192, 2], b: [2, 2] },
      'its bias has shape [2, 2] but',
    ],
    [
      'Gemm with a bias laid down',
      wrong('Gemm', ['flat', 'w', 'b']),
      { w: [192, 2], b: [2, 1] },
      'its bias has shape [2, 1] but',
    ],
    [
      'MatMul of other values',
      wrong('MatMul', ['flat', 'w']),
      { w: [100, 2] },
      'its weight expects 100 values but it is given 192',
    ],
    ['MatMul with a vector', wrong('MatMul', ['flat', 'w']), { w: [192] }, 'only a matrix of stored weights'],
    ['Gemm without outputs', wrong('Gemm', ['flat', 'w']), { w: [192, 0] }, 'it gives a value of shape [batch, 0]'],
    [
      'Gemm scaled by no number',
      wrong('Gemm', ['flat', 'w'], { alpha: float(NaN) }),
      { w: [192, 2] },
      'its alpha is NaN',
    ],
  ])('%s', (...[, wrong, dims, why]) => {
    expectRefusal(modelOf([flat, wrong], weights(dims)), wrong.operator, why);
  });
});

describe('a batch norm', () => {
  test.each(['scale', 'bias', 'mean', 'variance'])('with a %s for other channels', (statistic) => {
    const dims = { scale: [3], bias: [3], mean: [3], variance: [3], [statistic]: [4] };
    const model = modelOf([wrong('BatchNormalization', ['x', ...Object.keys(dims)])], weights(dims));
    expectRefusal(model, 'BatchNormalization', `its ${statistic} has shape [4] but it is given 3 channels`);
  });
});
