import { describe, expect, test } from 'vitest';
import { createNetwork } from '#core/networks/index.ts';
import { int64Initializer, node, valueInfo, type Initializer, type Node } from '#core/onnx/index.ts';
import { expectRefusal, modelOf, refusalOf, weights, wrong } from './wrong-network.ts';

/** Values and shapes that contradict each other are refused on reading, the node named. */

const numbers = (name: string, values: readonly number[]): Initializer =>
  int64Initializer(name, [values.length], values);

describe('values that do not go together', () => {
  const half = node('MaxPool', { inputs: ['x'], outputs: ['half'] }, { kernel_shape: [2, 2], strides: [2, 2] });
  test.each<[string, readonly Node[], readonly Initializer[], string]>([
    [
      'added sizes',
      [half, wrong('Add', ['x', 'half'])],
      [],
      'it adds values of different shapes ([batch, 3, 8, 8] and [batch, 3, 4, 4])',
    ],
    [
      'an added constant',
      [wrong('Add', ['x', 'c'])],
      weights({ c: [5, 1, 1] }),
      'a constant of shape [5, 1, 1] does not fit a value of shape [batch, 3, 8, 8]',
    ],
    [
      'a constant for more pictures',
      [wrong('Mul', ['x', 'c'])],
      weights({ c: [2, 3, 1, 1] }),
      'a constant of shape [2, 3, 1, 1] does not fit',
    ],
    [
      'constants of two shapes',
      [wrong('Add', ['c', 'd'])],
      weights({ c: [2], d: [3] }),
      'constants of shapes [2] and [3] do not go together',
    ],
    [
      'joined sizes',
      [half, wrong('Concat', ['x', 'half'], { axis: 1 })],
      [],
      'it joins [batch, 3, 8, 8] and [batch, 3, 4, 4] along axis 1',
    ],
    ['an axis that is not there', [wrong('Concat', ['x', 'x'], { axis: 4 })], [], 'it names axis 4 of 4 axes'],
    [
      'a slope for other channels',
      [wrong('PRelu', ['x', 's'])],
      weights({ s: [4, 1, 1] }),
      'a constant of shape [4, 1, 1] does not fit',
    ],
    [
      'a bound for each pixel',
      [wrong('Clip', ['x', 's'])],
      weights({ s: [8, 8] }),
      'its min has shape [8, 8] where one number is needed',
    ],
  ])('%s', (...[, nodes, stored, why]) => {
    const wrong = nodes.at(-1);
    expectRefusal(modelOf(nodes, stored), wrong?.operator ?? '', why);
  });
});

describe('a shape that cannot be', () => {
  test.each<[string, Node, readonly Initializer[], string]>([
    [
      'other numbers',
      wrong('Reshape', ['x', 's']),
      [numbers('s', [1, 100])],
      'shape [batch, 3, 8, 8] cannot become [1, 100]',
    ],
    [
      'no whole number left',
      wrong('Reshape', ['x', 's']),
      [numbers('s', [1, -1, 7])],
      'shape [batch, 3, 8, 8] cannot become',
    ],
    [
      'two sizes left open',
      wrong('Reshape', ['x', 's']),
      [numbers('s', [1, -1, -1])],
      'shape [batch, 3, 8, 8] cannot become',
    ],
    [
      'sizes below zero',
      wrong('Reshape', ['x', 's']),
      [numbers('s', [1, -4, -48])],
      'it gives a value of shape [batch, -4, -48]',
    ],
    [
      'the batch inside',
      wrong('Unsqueeze', ['x', 's']),
      [numbers('s', [0])],
      'it gives shape [1, batch, 3, 8, 8], but the batch should',
    ],
    [
      'axes that are longer than 1',
      wrong('Squeeze', ['x', 's']),
      [numbers('s', [1])],
      'axes [1] of shape [batch, 3, 8, 8] are not all 1 long',
    ],
    ['an axis named twice', wrong('Unsqueeze', ['x', 's']), [numbers('s', [2, 2])], 'it names an axis twice in [2, 2]'],
    ['an axis beyond the last', wrong('Unsqueeze', ['x', 's']), [numbers('s', [9])], 'it names axis 9 of 5 axes'],
    [
      'pads of two axes',
      wrong('Pad', ['x', 's']),
      [numbers('s', [1, 1, 1, 1])],
      'its pads are [1, 1, 1, 1], but only height and width',
    ],
    [
      'pads below zero',
      wrong('Pad', ['x', 's']),
      [numbers('s', [0, 0, -1, 0, 0, 0, 0, 0])],
      'its pads are [0, 0, -1, 0, 0, 0, 0, 0], but',
    ],
    [
      'axes turned to nowhere',
      wrong('Transpose', ['s'], { perm: [1] }),
      weights({ s: [4] }),
      'its perm [1] does not reorder the axes of [4]',
    ],
    [
      'a constant beyond memory',
      wrong('Expand', ['c', 's']),
      [...weights({ c: [1] }), numbers('s', [2 ** 30])],
      'it gives a constant of shape [1073741824]',
    ],
    [
      'a place beyond a list',
      wrong('Gather', ['s', 'i']),
      [numbers('s', [1, 2]), numbers('i', [2])],
      'it picks number [2] from a list of 2',
    ],
    [
      'lists of two lengths',
      wrong('Add', ['s', 't']),
      [numbers('s', [1, 2]), numbers('t', [1, 2, 3])],
      'it computes with lists of shapes [2] and [3]',
    ],
    [
      'a list too long to compute',
      wrong('Expand', ['s', 't']),
      [numbers('s', [1]), numbers('t', [2 ** 20])],
      'it makes a constant that is no small shape',
    ],
    [
      'whole numbers times pixels',
      wrong('Mul', ['x', 's']),
      [numbers('s', [2])],
      'its constant is stored as int64, where float32 is needed',
    ],
    [
      'axes of a picture named twice',
      wrong('Transpose', ['x'], { perm: [0, 1, 2, 2] }),
      [],
      'its perm [0, 1, 2, 2] does not reorder the axes of [batch, channels, 8, 8]',
    ],
  ])('%s', (...[, wrong, stored, why]) => {
    expectRefusal(modelOf([wrong], stored), wrong.operator, why);
  });
});

test('a picture smaller than the network sees at once: the pool that has nothing left is named', () => {
  const model = createNetwork({ arch: 'vgg16', width: 8, classes: 2, size: 32, seed: 1, batchNorm: 'folded' });
  const small = { ...model.graph, inputs: [valueInfo('input', ['batch', 3, 16, 16])] };
  const { code, message } = refusalOf({ ...model, path: 'vgg16.onnx', graph: small });
  expect(code).toBe('model/unsupported-form');
  expect(message).toBe(
    'vgg16.onnx: node MaxPool "/features/features.30/MaxPool" cannot be computed: its window of 2×2 is larger than its ' +
      'input of 1×1; export the model again, and check the picture size where a manifest gives it.',
  );
});

test.each<[string, readonly (number | string)[]]>([
  ['no channels', ['batch', 0, 8, 8]],
  ['no height', ['batch', 3, 0, 8]],
  ['more pixels than fit', ['batch', 3, 2 ** 20, 2 ** 20]],
])('a picture of %s is refused', (_, shape) => {
  const model = modelOf([wrong('Relu', ['x'])], []);
  const { code, message } = refusalOf({ ...model, graph: { ...model.graph, inputs: [valueInfo('x', shape)] } });
  expect(code).toBe('model/unsupported-form');
  expect(message).toContain(`input "x" has shape [${shape.join(', ')}]`);
});

test('a picture taken apart and added to itself again and again is refused before it fills memory', () => {
  const turned = node('Transpose', { inputs: ['x'], outputs: ['v0'] }, { perm: [2, 3, 0, 1] });
  const steps = Array.from({ length: 7 }, (_, i) => [
    node('Gather', { inputs: [`v${String(i)}`, 's'], outputs: [`w${String(i)}`] }, { axis: i % 2 }),
    node('Add', { inputs: [`v${String(i)}`, `w${String(i)}`], outputs: [`v${String(i + 1)}`] }),
  ]);
  const shift = numbers(
    's',
    Array.from({ length: 64 }, (_, i) => (i + 7) % 64),
  );
  const { code, message } = refusalOf(modelOf([turned, ...steps.flat()], [shift], [3, 64, 64]));
  expect(code).toBe('model/unsupported-form');
  expect(message).toContain('places of a picture, more than windows have that are read');
});

test('a value given twice is refused', () => {
  const again = node('Relu', { inputs: ['x'], outputs: ['y'], name: 'again' });
  const { code, message } = refusalOf(modelOf([wrong('Relu', ['x']), again], []));
  expect(code).toBe('model/unreadable');
  expect(message).toContain('node Relu "again" gives the value "y", which is there already; the file is damaged');
});

test.each(['constructor', 'toString', '__proto__', 'NonMaxSuppression'])(
  'an operator named %s is refused',
  (operator) => {
    const { code, message } = refusalOf(modelOf([wrong(operator, ['x'])], []));
    expect(code).toBe('model/unsupported-operator');
    expect(message).toContain(`node ${operator} "wrong" is of an operator that has no relevance rule`);
  },
);
