import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type OpenRequest } from '#core/engine/index.ts';
import { createNetwork, createNormalValues } from '#core/networks/index.ts';
import { saveModel } from '#core/onnx/index.ts';
import { compositeNames, createComposite } from '#core/relevance/index.ts';
import { swiftShaderEnvironment } from '#core/runtime/index.ts';
import { relativeError } from './run-attribution.ts';

const environment = swiftShaderEnvironment();
const size = 64;
const networks = [
  { arch: 'vgg16', layer: 'features.24' },
  { arch: 'resnet50', layer: 'layer3.2.conv2' },
] as const;

if (!environment) {
  describe('WebGPU', () => {
    it.skip('needs a graphics adapter in software, which Debian’s chromium package brings', () => undefined);
  });
}

/** What a GPU is given, on a graphics adapter in software: it must agree with the CPU within 1e-4. */
describe.skipIf(!environment).each(networks)('WebGPU on a narrow $arch', ({ arch, layer }) => {
  const cpu = createEngine({ threads: 2 });
  const gpu = createEngine({ threads: 2, environment: environment ?? {} });
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-webgpu-'));
  const modelPath = join(folder, 'network.onnx');
  const images = createNormalValues('pictures', 3 * size * size);
  const open = (rest: Omit<OpenRequest, 'modelPath'>): OpenRequest => ({ modelPath, ...rest });
  beforeAll(() =>
    saveModel(createNetwork({ arch, width: 8, classes: 4, size, seed: 1, batchNorm: 'folded' }), modelPath),
  );
  afterAll(async () => {
    await cpu.close();
    await gpu.close();
    rmSync(folder, { recursive: true });
  });

  it.each(compositeNames)('%s', async (composite) => {
    const request = { composite: createComposite(composite, { low: [-2.5], high: [2.5] }) };
    const onCpu = await cpu.open(open({ ...request, provider: 'cpu' }));
    const onGpu = await gpu.open(open({ ...request, provider: 'webgpu' }));
    expect(onGpu.provider).toBe('webgpu');
    const run = { images, targets: [1] };
    const expected = await cpu.attribute({ ...run, handle: onCpu.handle });
    const actual = await gpu.attribute({ ...run, handle: onGpu.handle });
    expect(relativeError(actual.relevance, expected.relevance)).toBeLessThan(1e-4);
  });

  it('a condition on half the channels of a layer', async () => {
    const request = {
      composite: createComposite('EpsilonPlusFlat'),
      conditions: [{ layer, mode: 'through' as const }],
    };
    const onCpu = await cpu.open(open({ ...request, provider: 'cpu' }));
    const onGpu = await gpu.open(open({ ...request, provider: 'webgpu' }));
    const channels = onCpu.network.layers.find((candidate) => candidate.name === layer)?.channels ?? 0;
    const values = new Float32Array(channels);
    values.fill(1, 0, Math.ceil(channels / 2));
    const run = { images, targets: [1], initial: 'logit' as const, masks: [{ layer, values }] };
    const expected = await cpu.attribute({ ...run, handle: onCpu.handle });
    const actual = await gpu.attribute({ ...run, handle: onGpu.handle });
    expect(Math.max(...expected.relevance.map(Math.abs))).toBeGreaterThan(0);
    expect(relativeError(actual.relevance, expected.relevance)).toBeLessThan(1e-4);
  });
});

describe.skipIf(!environment)('WebGPU on a pool with uneven windows', () => {
  const cpu = createEngine({ threads: 2 });
  const gpu = createEngine({ threads: 2, environment: environment ?? {} });
  const modelPath = join(import.meta.dirname, '..', 'corpus', 'uneven-8to7-dynamo18.onnx');
  // Starting the adapter takes longest; the hook has the time for it.
  beforeAll(() => gpu.open({ modelPath, composite: createComposite('GuidedBackprop'), provider: 'webgpu' }));
  afterAll(async () => {
    await cpu.close();
    await gpu.close();
  });

  it.each(['EpsilonPlusFlat', 'GuidedBackprop'] as const)('%s', async (name) => {
    const composite = createComposite(name);
    const onCpu = await cpu.open({ modelPath, composite, provider: 'cpu' });
    const onGpu = await gpu.open({ modelPath, composite, provider: 'webgpu' });
    const run = { images: createNormalValues('pictures', 3 * 32 * 32), targets: [1] };
    const expected = await cpu.attribute({ ...run, handle: onCpu.handle });
    const actual = await gpu.attribute({ ...run, handle: onGpu.handle });
    expect(relativeError(actual.relevance, expected.relevance)).toBeLessThan(1e-4);
  });
});
