import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createNormalValues } from '#core/networks/index.ts';
import {
  float32Initializer,
  int64Initializer,
  node,
  readModel,
  saveModel,
  valueInfo,
  writeModel,
  type Attribute,
  type Initializer,
  type Node,
} from '#core/onnx/index.ts';
import { createComposite, readNetwork } from '#core/relevance/index.ts';
import { createSession } from '#core/runtime/index.ts';
import { openAttribution, relativeError } from './run-attribution.ts';

/** Networks that were once read as another function than the one in the file: compiled, they compute what the file computes. */

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-same-function-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const values = (name: string, dims: readonly number[]): Initializer => {
  const count = dims.reduce((a, b) => a * b, 1);
  return float32Initializer(
    name,
    dims,
    createNormalValues(name, count).map((value) => Math.abs(value) + 0.1),
  );
};

/** A constant as a node; its tensor bears a name that others bear as well. */
const constant = (output: string, dims: readonly number[]): Node => {
  const value: Attribute = { kind: 'tensor', value: { ...values(output, dims), name: 'value' } };
  return node('Constant', { inputs: [], outputs: [output] }, { value });
};

interface Sample {
  readonly nodes: readonly Node[];
  readonly stored?: readonly Initializer[];
  readonly size: readonly [number, number, number];
  readonly output: readonly number[];
}

const samples: Readonly<Record<string, Sample>> = {
  'constants whose tensors have one name': {
    nodes: [
      constant('mean', [3, 1, 1]),
      constant('deviation', [3, 1, 1]),
      node('Sub', { inputs: ['x', 'mean'], outputs: ['centred'] }),
      node('Div', { inputs: ['centred', 'deviation'], outputs: ['y'] }),
    ],
    size: [3, 4, 4],
    output: [3, 4, 4],
  },
  'a batch norm over the second of three axes, after a linear layer over the last': {
    nodes: [
      node('Reshape', { inputs: ['x', 'three axes'], outputs: ['tokens'] }),
      node('MatMul', { inputs: ['tokens', 'w'], outputs: ['mixed'] }),
      node('BatchNormalization', { inputs: ['mixed', 'scale', 'bias', 'mean', 'variance'], outputs: ['y'] }),
    ],
    stored: [
      int64Initializer('three axes', [3], [1, 4, 6]),
      values('w', [6, 4]),
      ...['scale', 'bias', 'mean', 'variance'].map((name) => values(name, [4])),
    ],
    size: [4, 2, 3],
    output: [4, 4],
  },
  'a stride beyond the picture, a dilation of one cell': {
    nodes: [
      node('Conv', { inputs: ['x', 'w'], outputs: ['y'] }, { strides: [2 ** 40, 2], dilations: [2 ** 40, 2 ** 40] }),
    ],
    stored: [values('w', [2, 3, 1, 1])],
    size: [3, 4, 4],
    output: [2, 1, 2],
  },
};

test.each(Object.entries(samples))('%s', async (name, { nodes, stored = [], size, output }) => {
  const graph = {
    name: 'sample',
    nodes,
    initializers: new Map(stored.map((tensor) => [tensor.name, tensor])),
    inputs: [valueInfo('x', [1, ...size])],
    outputs: [valueInfo('y', [1, ...output])],
  };
  const content = { irVersion: 8, opsets: new Map([['', 17]]), producer: 'test', graph };
  const path = join(folder, `${name}.onnx`);
  await saveModel(content, path);
  const image = createNormalValues('picture', size[0] * size[1] * size[2]);
  const own = await createSession({ bytes: writeModel(content), provider: 'cpu', threads: 1, source: name });
  const expected = (await own.run({ x: { values: image, dims: [1, ...size] } }))['y']?.values as Float32Array;
  await own.close();
  const attribute = await openAttribution(readNetwork(await readModel(path)), {
    composite: createComposite('EpsilonPlus'),
  });
  expect(relativeError((await attribute({ image, count: 1 })).logits, expected)).toBeLessThan(1e-6);
});

test('layers of one name are told apart, also from layers that are named so already', () => {
  const relu = (input: string, output: string, name: string): Node =>
    node('Relu', { inputs: [input], outputs: [output], name });
  const nodes = [relu('x', 'a', 'act'), relu('a', 'b', 'act'), relu('b', 'c', 'act#2'), relu('c', 'y', 'act')];
  const graph = {
    name: 'names',
    nodes,
    initializers: new Map<string, Initializer>(),
    inputs: [valueInfo('x', ['batch', 3, 4, 4])],
    outputs: [valueInfo('y', ['batch', 3, 4, 4])],
  };
  const model = { path: 'names.onnx', irVersion: 8, opsets: new Map([['', 17]]), producer: 'test', graph };
  expect(readNetwork(model).layers.map(({ name }) => name)).toEqual(['act', 'act#3', 'act#2', 'act#4']);
});

test('a cast to a narrower type is refused, for it would change what is computed', () => {
  const graph = {
    name: 'cast',
    nodes: [node('Cast', { inputs: ['x'], outputs: ['y'], name: 'half' }, { to: 10 })],
    initializers: new Map<string, Initializer>(),
    inputs: [valueInfo('x', ['batch', 3, 4, 4])],
    outputs: [valueInfo('y', ['batch', 3, 4, 4])],
  };
  const model = { path: 'cast.onnx', irVersion: 8, opsets: new Map([['', 17]]), producer: 'test', graph };
  expect(() => readNetwork(model)).toThrow(
    'node Cast "half" is used in a form that is not supported: values can be cast',
  );
});
