import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, keepChannels, type Condition, type Engine, type OpenedModel } from '#core/engine/index.ts';
import { swiftShaderEnvironment } from '#core/runtime/index.ts';
import { composite, createBench, pictures, relativeDifference, type Bench } from './bench.ts';

const environment = swiftShaderEnvironment();

describe.skipIf(!environment)('WebGPU on SwiftShader (needs Chromium)', () => {
  let bench: Bench;
  let engine: Engine;
  let opened: OpenedModel;
  beforeAll(async () => {
    bench = await createBench();
    engine = createEngine({ threads: 1, environment: environment ?? {} });
    opened = await engine.open({ modelPath: bench.modelPath, provider: 'webgpu', composite });
  });
  afterAll(async () => {
    await engine.close();
    await bench.remove();
  });

  test('says which adapter computes', () => {
    expect(opened).toMatchObject({ provider: 'webgpu', adapter: expect.stringContaining('SwiftShader') as string });
  });

  test('explains as the CPU does', async () => {
    const request = { images: pictures(1), targets: [1] };
    const onGpu = await engine.attribute({ ...request, handle: opened.handle });
    const onCpu = await bench.engine.attribute({ ...request, handle: bench.opened.handle });
    expect(relativeDifference(onGpu.logits, onCpu.logits)).toBeLessThan(1e-4);
    expect(relativeDifference(onGpu.relevance, onCpu.relevance)).toBeLessThan(1e-4);
  });

  test('lets relevance through concepts as the CPU does, also where layers have no condition', async () => {
    const layers = bench.opened.network.layers.filter(({ type }) => type === 'convolution' || type === 'sum');
    const request = {
      ...{ modelPath: bench.modelPath, composite },
      batch: 'shared',
      starts: layers.map(({ name }) => ({ layer: name, from: 'relevance' }) as const),
      concepts: layers.map(({ name }) => ({ layer: name, kind: 'relevance', round: true, peaks: true }) as const),
    } as const;
    const [gpu, cpu] = [
      await engine.open({ ...request, provider: 'webgpu' }),
      await bench.engine.open({ ...request, provider: 'cpu' }),
    ];
    const conditions = layers
      .filter((_, i) => i % 3 === 1)
      .map(({ name, channels }, i): Condition => [{ layer: name, channels: keepChannels(channels, [i % channels]) }]);
    for (const asked of [conditions, []]) {
      const call = { image: pictures(1), target: 1, conditions: asked };
      const onGpu = await engine.condition({ ...call, handle: gpu.handle }, { batchSize: 16 });
      const onCpu = await bench.engine.condition({ ...call, handle: cpu.handle }, { batchSize: 16 });
      expect(relativeDifference(onGpu.whole ?? new Float32Array(), onCpu.whole ?? new Float32Array())).toBeLessThan(
        1e-4,
      );
      if (asked.length > 0) expect(relativeDifference(onGpu.relevance, onCpu.relevance)).toBeLessThan(1e-4);
      for (const [i, { sums, layer }] of onCpu.concepts.entries())
        expect(relativeDifference(onGpu.concepts[i]?.sums ?? new Float32Array(), sums), layer).toBeLessThan(1e-4);
    }
  });

  test('is not what auto takes: it is no graphics adapter but the processor', async () => {
    const auto = await engine.open({ modelPath: bench.modelPath, composite });
    expect(auto.provider).toBe('cpu');
    expect(auto.notes.join()).toContain('WebGPU has only a software adapter here (SwiftShader');
  });
});
