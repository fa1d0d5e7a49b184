import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine } from '#core/engine/index.ts';
import { float32Initializer, node, saveModel, valueInfo } from '#core/onnx/index.ts';
import { composite, createBench, narrowNetwork, pictures, type Bench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench.remove());

test.each([
  ['nothing', () => undefined, 'model/not-found'],
  ['an empty file', (file: string) => writeFile(file, ''), 'model/unreadable'],
  ['text', (file: string) => writeFile(file, 'not a model'), 'model/unreadable'],
  [
    'half a model',
    async (file: string) => writeFile(file, (await readFile(bench.modelPath)).subarray(0, 5000)),
    'model/unreadable',
  ],
])('%s is refused by name, and the engine goes on', async (name, write, code) => {
  const file = path.join(bench.folder, `${name}.onnx`);
  await write(file);
  const processId = bench.engine.processId;
  await expect(bench.engine.open({ modelPath: file, provider: 'cpu' })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(`${name}.onnx`) as string,
  });
  expect(bench.engine.processId).toBe(processId);
});

test('a weight that is not a number is named', async () => {
  const model = narrowNetwork();
  const [name, weight] = [...model.graph.initializers][4] ?? [];
  if (name === undefined || weight === undefined) throw new Error('The network has weights.');
  const length = weight.dims.reduce((product, extent) => product * extent, 1);
  const spoiled = float32Initializer(name, weight.dims, new Float32Array(length).fill(NaN, 3, 4));
  const file = path.join(bench.folder, 'spoiled.onnx');
  const initializers = new Map([...model.graph.initializers, [name, spoiled] as const]);
  await saveModel({ ...model, graph: { ...model.graph, initializers } }, file);

  const { handle } = await bench.engine.open({ modelPath: file, provider: 'cpu', composite });
  await expect(bench.engine.attribute({ handle, images: pictures(1) })).rejects.toMatchObject({
    code: 'model/not-finite',
    message: expect.stringMatching(`Tensor "${name}" of ".*spoiled.onnx" holds NaN or infinity`) as string,
  });
  await bench.engine.release(handle);
});

test('pictures that are not numbers, or too large for the network, are told apart from bad weights', async () => {
  const { handle } = bench.opened;
  await expect(bench.engine.attribute({ handle, images: pictures(1).fill(NaN, 0, 1) })).rejects.toMatchObject({
    code: 'request/invalid',
  });
  await expect(bench.engine.attribute({ handle, images: pictures(1).fill(3e38) })).rejects.toMatchObject({
    code: 'model/not-finite',
    message: expect.stringContaining('although its weights are finite') as string,
  });
});

test('a handle that was released, a layer that is not there, a batch of none', async () => {
  const { handle } = await bench.engine.open({ modelPath: bench.modelPath, provider: 'cpu' });
  await bench.engine.release(handle);
  await expect(bench.engine.predict({ handle, images: pictures(1) })).rejects.toMatchObject({
    code: 'request/invalid',
  });
  const taps = [{ layer: 'no.such.layer', kind: 'activation' }] as const;
  await expect(bench.engine.open({ modelPath: bench.modelPath, provider: 'cpu', taps })).rejects.toMatchObject({
    code: 'layer/unknown',
  });
  const request = { handle: bench.opened.handle, images: pictures(1) };
  await expect(bench.engine.attribute(request, { batchSize: 0 })).rejects.toMatchObject({ code: 'request/invalid' });
});

test.runIf(process.platform === 'linux')('a provider that is not there is refused', async () => {
  const own = createEngine({ environment: { VK_DRIVER_FILES: path.join(bench.folder, 'no-driver.json') } });
  const request = { modelPath: bench.modelPath, composite };
  await expect(own.open({ ...request, provider: 'webgpu' })).rejects.toMatchObject({
    code: 'provider/unavailable',
    message: expect.stringContaining('The provider webgpu cannot be used on this machine') as string,
  });
  await own.close();
});

test('a network that cannot be computed is named with its node, and the engine goes on', async () => {
  const file = path.join(bench.folder, 'odd-pool.onnx');
  const overPadded = { kernel_shape: [2, 2], strides: [2, 2], pads: [3, 3, 3, 3] };
  await saveModel(
    {
      irVersion: 8,
      opsets: new Map([['', 17]]),
      producer: 'test',
      graph: {
        name: 'odd pool',
        nodes: [
          node('MaxPool', { inputs: ['x'], outputs: ['pooled'] }, overPadded),
          node('Flatten', { inputs: ['pooled'], outputs: ['logits'] }),
        ],
        initializers: new Map(),
        inputs: [valueInfo('x', ['batch', 1, 8, 8])],
        outputs: [valueInfo('logits', ['batch', 49])],
      },
    },
    file,
  );
  await expect(bench.engine.open({ modelPath: file, provider: 'cpu' })).rejects.toMatchObject({
    code: 'model/unsupported-form',
    message: expect.stringMatching(/^odd-pool\.onnx: node MaxPool "pooled" .* not smaller than its kernel/) as string,
  });
  const { relevance } = await bench.engine.attribute({ handle: bench.opened.handle, images: pictures(1) });
  expect(relevance.some((value) => value !== 0)).toBe(true);
});
