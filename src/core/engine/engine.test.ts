import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNetwork, createNormalValues } from '#core/networks/index.ts';
import { float32Initializer, saveModel, type Model } from '#core/onnx/index.ts';
import { compositeNames, createComposite } from '#core/relevance/index.ts';
import { swiftShaderEnvironment } from '#core/runtime/index.ts';
import { createEngine, type Engine, type OpenedModel } from './index.ts';

const size = 32;
const classes = 4;
const pixels = 3 * size * size;
const epsilonPlusFlat = createComposite('EpsilonPlusFlat');

const pictures = (count: number): Float32Array => createNormalValues('pictures', count * pixels);

function network(): Model {
  return createNetwork({ arch: 'resnet18', width: 8, classes, size, seed: 1, batchNorm: 'folded' });
}

let folder: string;
let modelPath: string;
let engine: Engine;
let explaining: OpenedModel;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'lightbox-engine-')));
  modelPath = path.join(folder, 'network.onnx');
  await saveModel(network(), modelPath);
  engine = createEngine({ threads: 1 });
  explaining = await engine.open({ modelPath, provider: 'cpu', composite: epsilonPlusFlat });
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

/** |given - expected| / |expected| */
function relativeDifference(given: Float32Array, expected: Float32Array): number {
  expect(given.length).toBe(expected.length);
  return Math.hypot(...given.map((value, i) => value - (expected[i] ?? NaN))) / Math.hypot(...expected);
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

async function hasEnded(processId: number): Promise<boolean> {
  for (let tries = 0; tries < 200 && isRunning(processId); tries++) await wait(50);
  return !isRunning(processId);
}

describe('results', () => {
  test('an opened model says what it is', () => {
    expect(explaining).toMatchObject({
      provider: 'cpu',
      adapter: undefined,
      network: { output: { sizes: [classes] } },
    });
    expect(explaining.network.input).toMatchObject({ channels: 3, height: size, width: size });
    expect(explaining.network.layers.map(({ name }) => name)).toContain('layer4.1.conv2');
  });

  test('the predicted class is explained, and its logits are those of the forward pass', async () => {
    const images = pictures(2);
    const forward = await engine.open({ modelPath, provider: 'cpu' });
    const { logits } = await engine.predict({ handle: forward.handle, images });
    const attribution = await engine.attribute({ handle: explaining.handle, images });
    await engine.release(forward.handle);
    expect(relativeDifference(attribution.logits, logits)).toBeLessThan(1e-5);
    expect(attribution.relevance.length).toBe(2 * pixels);
    const largest = [0, 1].map((row) => {
      const own = [...logits.subarray(row * classes, (row + 1) * classes)];
      return own.indexOf(Math.max(...own));
    });
    expect(attribution.targets).toEqual(largest);
  });

  test('pictures together give what each gives alone', async () => {
    const request = { handle: explaining.handle, images: pictures(5), targets: [0, 1, 2, 3, -1] };
    const alone = await engine.attribute(request, { batchSize: 1 });
    const together = await engine.attribute(request, { batchSize: 2 });
    expect(relativeDifference(together.relevance, alone.relevance)).toBeLessThan(1e-5);
    expect(together.targets).toEqual(alone.targets);
  });

  test('relevance is linear in the initial relevance', async () => {
    const request = { handle: explaining.handle, images: pictures(1), targets: [2] };
    const one = await engine.attribute(request);
    const logit = await engine.attribute({ ...request, initial: 'logit' });
    const given = await engine.attribute({ ...request, initial: { given: Float32Array.of(0, 0, 3, 0) } });
    const scaled = (factor: number): Float32Array => one.relevance.map((value) => value * factor);
    expect(relativeDifference(logit.relevance, scaled(one.logits[2] ?? NaN))).toBeLessThan(1e-5);
    expect(relativeDifference(given.relevance, scaled(3))).toBeLessThan(1e-5);
  });

  test('one shared picture with many targets gives what it gives for each', async () => {
    const images = pictures(1);
    const shared = await engine.open({ modelPath, provider: 'cpu', composite: epsilonPlusFlat, batch: 'shared' });
    const many = await engine.attribute({ handle: shared.handle, images, targets: [0, 1, 2] }, { batchSize: 2 });
    const each = [0, 1, 2].map((target) => engine.attribute({ handle: explaining.handle, images, targets: [target] }));
    const joined = (await Promise.all(each)).flatMap(({ relevance }) => [...relevance]);
    expect(relativeDifference(many.relevance, Float32Array.from(joined))).toBeLessThan(1e-5);
    expect(many.logits.length).toBe(classes);
    expect(many.targets).toEqual([0, 1, 2]);
    await engine.release(shared.handle);
  });

  test('taps have the shape of their layer, and a mask of zeros lets nothing through', async () => {
    const layer = 'layer2.0.conv1';
    const tapped = await engine.open({
      ...{ modelPath, provider: 'cpu', composite: epsilonPlusFlat },
      taps: [
        { layer, kind: 'activation' },
        { layer, kind: 'relevance' },
      ],
      conditions: [{ layer, mode: 'through' }],
    });
    const { channels = 0, height, width } = tapped.network.layers.find(({ name }) => name === layer) ?? {};
    const request = { handle: tapped.handle, images: pictures(2) };
    const open = await engine.attribute(request, { batchSize: 2 });
    expect(open.taps.map(({ kind, dims }) => [kind, dims])).toEqual([
      ['activation', [2, channels, height, width]],
      ['relevance', [2, channels, height, width]],
    ]);
    expect(open.relevance.some((value) => value !== 0)).toBe(true);
    const masks = [{ layer, values: new Float32Array(2 * channels) }];
    const shut = await engine.attribute({ ...request, masks }, { batchSize: 2 });
    expect(shut.relevance.every((value) => value === 0)).toBe(true);
    await engine.release(tapped.handle);
  });

  test('a model is described without being opened', async () => {
    const composites = compositeNames.map((name) => createComposite(name));
    const { network: summary, rules } = await engine.describeModel(modelPath, composites);
    expect(summary).toEqual(explaining.network);
    expect(Object.keys(rules)).toEqual([...compositeNames]);
    expect(rules['EpsilonPlusFlat']).toMatchObject({
      conv1: 'Flat',
      'layer1.0.conv1': 'ZPlus',
      fc: 'Epsilon(0.000001)',
    });
  });

  test('memory has a peak', async () => {
    const { rssMb, peakRssMb } = await engine.memory();
    expect(rssMb).toBeGreaterThan(20);
    expect(peakRssMb).toBeGreaterThanOrEqual(0.9 * rssMb);
    expect(peakRssMb).toBeLessThan(2000);
  });
});

describe('long runs', () => {
  test('report progress after each batch', async () => {
    const progress: (readonly [number, number])[] = [];
    const onProgress = (done: number, total: number): void => void progress.push([done, total]);
    await engine.attribute({ handle: explaining.handle, images: pictures(5) }, { batchSize: 2, onProgress });
    expect(progress).toEqual([
      [2, 5],
      [4, 5],
      [5, 5],
    ]);
  });

  test('stop between batches when cancelled', async () => {
    const abort = new AbortController();
    const cancelled = engine.attribute(
      { handle: explaining.handle, images: pictures(5) },
      {
        signal: abort.signal,
        onProgress: (done) => {
          if (done === 2) abort.abort();
        },
      },
    );
    await expect(cancelled).rejects.toMatchObject({ code: 'job/cancelled', message: 'Cancelled after 2 of 5.' });
  });

  test('of two callers both get their own result', async () => {
    const images = pictures(3);
    const request = { handle: explaining.handle, images };
    const both = await Promise.all(
      [0, 1].map((target) => engine.attribute({ ...request, targets: [target, target, target] })),
    );
    const alone = await engine.attribute({ ...request, targets: [1, 1, 1] });
    expect(both[1]?.relevance).toEqual(alone.relevance);
    expect(both[0]?.relevance).not.toEqual(alone.relevance);
  });
});

describe('an engine process that dies', () => {
  test('fails the calls it had, and the next call opens the model again', async () => {
    const images = pictures(40);
    const before = await engine.attribute({ handle: explaining.handle, images: pictures(1) });
    const processId = engine.processId ?? 0;
    const onProgress = (done: number): void => {
      if (done === 2) process.kill(processId, 'SIGKILL');
    };
    const other = engine.attribute({ handle: explaining.handle, images });
    const killed = engine.attribute({ handle: explaining.handle, images }, { onProgress });
    const death = {
      code: 'engine/died',
      message:
        'The engine process ended unexpectedly (signal SIGKILL) while explaining with "network.onnx"; nothing was written. ' +
        'Try again; if it repeats, lower --batch or use --provider cpu.',
    };
    const outcomes = await Promise.allSettled([killed, other]);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: death },
      { status: 'rejected', reason: death },
    ]);

    const after = await engine.attribute({ handle: explaining.handle, images: pictures(1) });
    expect(after.relevance).toEqual(before.relevance);
    expect(engine.processId).not.toBe(processId);
  });

  test('while nothing runs is not noticed', async () => {
    const processId = engine.processId ?? 0;
    process.kill(processId, 'SIGKILL');
    expect(await hasEnded(processId)).toBe(true);
    const [first, second] = await Promise.all(
      [1, 1].map((count) => engine.attribute({ handle: explaining.handle, images: pictures(count) })),
    );
    expect(first?.relevance).toEqual(second?.relevance);
  });

  test('and whose model file is gone says so', async () => {
    const gonePath = path.join(folder, 'gone.onnx');
    await saveModel(network(), gonePath);
    const own = createEngine({ threads: 1 });
    const { handle } = await own.open({ modelPath: gonePath, provider: 'cpu' });
    process.kill(own.processId ?? 0, 'SIGKILL');
    await expect(own.predict({ handle, images: pictures(1) })).rejects.toMatchObject({ code: 'engine/died' });
    await rm(gonePath);
    await expect(own.predict({ handle, images: pictures(1) })).rejects.toMatchObject({ code: 'model/not-found' });
    await saveModel(network(), gonePath);
    expect((await own.predict({ handle, images: pictures(1) })).logits.length).toBe(classes);
    await own.close();
  });
});

describe('the end', () => {
  test('closing leaves no process behind and answers what was asked', async () => {
    const own = createEngine({ threads: 1 });
    const { handle } = await own.open({ modelPath, provider: 'cpu', composite: epsilonPlusFlat });
    const processId = own.processId ?? 0;
    const running = own.attribute({ handle, images: pictures(40) });
    const outcome = expect(running).rejects.toMatchObject({ code: 'job/cancelled' });
    await own.close();
    await outcome;
    expect(isRunning(processId)).toBe(false);
    await expect(own.memory()).rejects.toMatchObject({ code: 'job/cancelled', message: 'The engine is closed.' });
    await own.close();
  });

  test('a host that is killed takes its engine process along', async () => {
    const host = spawn(process.execPath, ['--input-type=module', '-e', hostProgram('setInterval(() => {}, 1000);')]);
    const [output] = (await once(host.stdout, 'data')) as [Buffer];
    const processId = Number(output.toString());
    expect(isRunning(processId)).toBe(true);
    host.kill('SIGKILL');
    expect(await hasEnded(processId)).toBe(true);
  });

  test('a host that has nothing left to do ends, and its engine process with it', async () => {
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', hostProgram('')], { timeout: 20_000 });
    expect(await hasEnded(Number(stdout))).toBe(true);
  });

  /** Starts an engine, prints the id of its process, and does not close it. */
  function hostProgram(last: string): string {
    const port = new URL('./index.ts', import.meta.url).href;
    return `
      import { createEngine } from ${JSON.stringify(port)};
      const engine = createEngine();
      await engine.memory();
      process.stdout.write(String(engine.processId));
      ${last}`;
  }
});

describe('bad input', () => {
  test.each([
    ['nothing', async () => undefined, 'model/not-found'],
    ['an empty file', (file: string) => writeFile(file, ''), 'model/unreadable'],
    ['text', (file: string) => writeFile(file, 'not a model'), 'model/unreadable'],
    [
      'half a model',
      async (file: string) => writeFile(file, (await readFile(modelPath)).subarray(0, 5000)),
      'model/unreadable',
    ],
  ])('%s is refused by name, and the engine goes on', async (name, write, code) => {
    const file = path.join(folder, `${name}.onnx`);
    await write(file);
    const processId = engine.processId;
    await expect(engine.open({ modelPath: file, provider: 'cpu' })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`${name}.onnx`) as string,
    });
    expect(engine.processId).toBe(processId);
  });

  test('a weight that is not a number is named', async () => {
    const model = network();
    const [name, weight] = [...model.graph.initializers][4] ?? [];
    if (name === undefined || weight === undefined) throw new Error('The network has weights.');
    const length = weight.dims.reduce((product, extent) => product * extent, 1);
    const spoiled = float32Initializer(name, weight.dims, new Float32Array(length).fill(NaN, 3, 4));
    const file = path.join(folder, 'spoiled.onnx');
    const initializers = new Map([...model.graph.initializers, [name, spoiled] as const]);
    await saveModel({ ...model, graph: { ...model.graph, initializers } }, file);

    const { handle } = await engine.open({ modelPath: file, provider: 'cpu', composite: epsilonPlusFlat });
    await expect(engine.attribute({ handle, images: pictures(1) })).rejects.toMatchObject({
      code: 'model/not-finite',
      message: expect.stringMatching(`Tensor "${name}" of ".*spoiled.onnx" holds NaN or infinity`) as string,
    });
    await engine.release(handle);
  });

  test('pictures that are not numbers, or too large for the network, are told apart from bad weights', async () => {
    const { handle } = explaining;
    await expect(engine.attribute({ handle, images: pictures(1).fill(NaN, 0, 1) })).rejects.toMatchObject({
      code: 'request/invalid',
    });
    await expect(engine.attribute({ handle, images: pictures(1).fill(3e38) })).rejects.toMatchObject({
      code: 'model/not-finite',
      message: expect.stringContaining('although its weights are finite') as string,
    });
  });

  test('a handle that was released, a layer that is not there, a batch of none', async () => {
    const { handle } = await engine.open({ modelPath, provider: 'cpu' });
    await engine.release(handle);
    await expect(engine.predict({ handle, images: pictures(1) })).rejects.toMatchObject({ code: 'request/invalid' });
    const taps = [{ layer: 'no.such.layer', kind: 'activation' }] as const;
    await expect(engine.open({ modelPath, provider: 'cpu', taps })).rejects.toMatchObject({ code: 'layer/unknown' });
    const request = { handle: explaining.handle, images: pictures(1) };
    await expect(engine.attribute(request, { batchSize: 0 })).rejects.toMatchObject({ code: 'request/invalid' });
  });

  test('a provider that is not there', async () => {
    if (process.platform === 'linux' && process.arch === 'x64') return;
    await expect(engine.open({ modelPath, provider: 'cuda' })).rejects.toMatchObject({ code: 'provider/unavailable' });
  });
});

const environment = swiftShaderEnvironment();

test.skipIf(!environment)('explains through WebGPU as on the CPU (needs Chromium for SwiftShader)', async () => {
  const own = createEngine({ threads: 1, environment: environment ?? {} });
  const opened = await own.open({ modelPath, provider: 'webgpu', composite: epsilonPlusFlat });
  expect(opened).toMatchObject({ provider: 'webgpu', adapter: expect.stringContaining('SwiftShader') as string });
  const request = { images: pictures(1), targets: [1] };
  const onGpu = await own.attribute({ ...request, handle: opened.handle });
  const onCpu = await engine.attribute({ ...request, handle: explaining.handle });
  expect(relativeDifference(onGpu.relevance, onCpu.relevance)).toBeLessThan(1e-4);
  const auto = await own.open({ modelPath, composite: epsilonPlusFlat });
  expect(auto.provider).toBe('cpu');
  expect(auto.notes.join()).toContain('only a software adapter');
  await own.close();
});
