import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  float32Initializer,
  int64Initializer,
  node,
  readModel,
  saveModel,
  valueInfo,
  writeModel,
  type Model,
} from '#core/onnx/index.ts';
import { createSession } from './session.ts';

const weights = Float32Array.from({ length: 3 * 512 }, (_, index) => Math.sin(index));

/** y = x W (512 to 3), and the index of the largest. W is over 1 KB, so a reader leaves it in the file. */
const linear: Model = {
  path: '',
  irVersion: 8,
  opsets: new Map([['', 17]]),
  producer: 'test',
  graph: {
    name: 'linear',
    nodes: [
      node('MatMul', { inputs: ['x', 'w'], outputs: ['y'] }),
      node('ArgMax', { inputs: ['y'], outputs: ['largest'] }, { axis: 1, keepdims: 0 }),
    ],
    initializers: new Map([['w', float32Initializer('w', [512, 3], weights)]]),
    inputs: [valueInfo('x', ['batch', 512])],
    outputs: [valueInfo('y', ['batch', 3]), valueInfo('largest', ['batch'], 'int64')],
  },
};

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'lightbox-session-')));
});
afterAll(() => rm(folder, { recursive: true }));

const onCpu = { provider: 'cpu', threads: 1, source: 'linear.onnx' } as const;

test("runs a graph whose weights stay in the user's file", async () => {
  const file = path.join(folder, 'linear.onnx');
  await saveModel(linear, file);
  const bytes = writeModel(await readModel(file), { externalDataFolder: folder });
  expect(bytes.length).toBeLessThan(1000);

  const session = await createSession({ ...onCpu, bytes, externalDataFolder: folder });
  const x = Float32Array.from({ length: 2 * 512 }, (_, index) => (index === 2 ? 2 : 0));
  const { y, largest } = await session.run({ x: { values: x, dims: [2, 512] } });
  await session.close();

  expect(y?.dims).toEqual([2, 3]);
  expect(y?.values).toEqual(Float32Array.of(...weights.subarray(6, 9).map((weight) => 2 * weight), 0, 0, 0));
  expect(largest?.values).toEqual(BigInt64Array.of(2n, 0n));
});

test('takes int64 inputs', async () => {
  const bytes = writeModel({
    ...linear,
    graph: {
      ...linear.graph,
      nodes: [node('Add', { inputs: ['i', 'one'], outputs: ['next'] })],
      initializers: new Map([['one', int64Initializer('one', [1], [1])]]),
      inputs: [valueInfo('i', ['n'], 'int64')],
      outputs: [valueInfo('next', ['n'], 'int64')],
    },
  });
  const session = await createSession({ ...onCpu, bytes });
  const { next } = await session.run({ i: { values: BigInt64Array.of(-1n, 2n ** 40n), dims: [2] } });
  expect(next?.values).toEqual(BigInt64Array.of(0n, 2n ** 40n + 1n));
  await session.close();
});

test('names the model file when ONNX Runtime refuses a graph', async () => {
  const nodes = [node('NoSuchOperator', { inputs: ['x'], outputs: ['y'], name: 'mystery' })];
  const bytes = writeModel({ ...linear, graph: { ...linear.graph, nodes, outputs: [valueInfo('y', ['batch', 3])] } });
  await expect(createSession({ ...onCpu, bytes })).rejects.toMatchObject({
    code: 'engine/failed',
    message: expect.stringMatching(/could not open the network of "linear\.onnx" on cpu: .*NoSuchOperator/) as string,
  });
  await expect(createSession({ ...onCpu, bytes: Uint8Array.of(1, 2, 3) })).rejects.toMatchObject({
    code: 'engine/failed',
  });
});

test('names the model file when a run fails', async () => {
  const session = await createSession({ ...onCpu, bytes: writeModel(linear) });
  const narrow = { values: new Float32Array(7), dims: [1, 7] };
  await expect(session.run({ x: narrow })).rejects.toMatchObject({
    code: 'engine/failed',
    message: expect.stringContaining('could not run the network of "linear.onnx" on cpu') as string,
  });
  await session.close();
});

test('prepares large weights by themselves, to the same effect', async () => {
  const file = path.join(folder, 'prepared.onnx');
  const square = Float32Array.from({ length: 256 * 256 }, (_, index) => Math.sin(index));
  await saveModel(
    {
      ...linear,
      graph: {
        ...linear.graph,
        nodes: [
          node('Transpose', { inputs: ['w'], outputs: ['turned'] }, { perm: [1, 0] }),
          node('Relu', { inputs: ['turned'], outputs: ['clamped'] }),
          node('MatMul', { inputs: ['x', 'clamped'], outputs: ['z'] }),
          node('MatMul', { inputs: ['z', 'turned'], outputs: ['y'] }),
        ],
        initializers: new Map([['w', float32Initializer('w', [256, 256], square)]]),
        inputs: [valueInfo('x', ['batch', 256])],
        outputs: [valueInfo('y', ['batch', 256])],
      },
    },
    file,
  );
  const content = await readModel(file);
  const bytes = writeModel(content, { externalDataFolder: folder });
  const whole = await createSession({ ...onCpu, bytes, externalDataFolder: folder });
  const prepared = await createSession({ ...onCpu, bytes, content, externalDataFolder: folder });
  const x = { values: Float32Array.from({ length: 512 }, (_, index) => Math.cos(index)), dims: [2, 256] };
  const expected = await whole.run({ x });
  expect(await prepared.run({ x })).toEqual(expected);
  expect(await prepared.run({ x })).toEqual(expected);
  expect(Object.keys(expected)).toEqual(['y']);
  await whole.close();
  await prepared.close();
});

test('weights that were prepared are given back when a session is closed', async () => {
  const values = new Float32Array(2 ** 22).map((_, index) => Math.sin(index));
  const graph = {
    ...linear.graph,
    nodes: [
      node('Relu', { inputs: ['w'], outputs: ['clamped'] }),
      node('Mul', { inputs: ['x', 'clamped'], outputs: ['y'] }),
    ],
    initializers: new Map([['w', float32Initializer('w', [values.length], values)]]),
    inputs: [valueInfo('x', [1])],
    outputs: [valueInfo('y', [values.length])],
  };
  const content = { ...linear, graph };
  const held = (): number => process.memoryUsage().arrayBuffers;
  const session = await createSession({ ...onCpu, content, bytes: new Uint8Array() });
  const { y } = await session.run({ x: { values: Float32Array.of(2), dims: [1] } });
  expect(y?.values).toEqual(values.map((value) => 2 * Math.max(value, 0)));
  const open = held();
  await session.close();
  expect(open - held()).toBeGreaterThan(0.9 * values.byteLength);
});
