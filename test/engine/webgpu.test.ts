import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Engine, type OpenedModel } from '#core/engine/index.ts';
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

  test('is not what auto takes: it is no graphics adapter but the processor', async () => {
    const auto = await engine.open({ modelPath: bench.modelPath, composite });
    expect(auto.provider).toBe('cpu');
    expect(auto.notes.join()).toContain('WebGPU has only a software adapter here (SwiftShader');
  });
});
