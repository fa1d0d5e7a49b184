import { describe, expect, test } from 'vitest';
import type { Provider } from '#shared/providers.ts';
import type { Adapter } from './adapter.ts';
import { checkProvider, probeProvider, type ProviderProbe } from './probe.ts';
import { chooseProvider, rememberTrials, type ProviderTrials } from './providers.ts';
import { swiftShaderEnvironment } from './swiftshader.ts';

const real: ProviderTrials = { probe: probeProvider, check: checkProvider };

const works = (provider: Provider, adapter?: Adapter): ProviderProbe => ({ provider, refusal: undefined, adapter });

/** A machine with the given graphics and nothing else. */
function machine(difference: number, ...working: readonly ProviderProbe[]): ProviderTrials {
  return {
    probe: (provider) =>
      Promise.resolve(
        working.find((probe) => probe.provider === provider) ?? { provider, refusal: 'absent', adapter: undefined },
      ),
    check: () => Promise.resolve({ difference }),
  };
}

const arc: Adapter = { name: 'Intel(R) Arc', software: false };
const swiftShader: Adapter = { name: 'SwiftShader Device (Subzero)', software: true };

describe('auto', () => {
  test('prefers a graphics adapter, which is exact, then CUDA, then the CPU', async () => {
    const both = machine(1e-7, works('cuda'), works('webgpu', arc), works('cpu'));
    expect(await chooseProvider('auto', both)).toMatchObject({ provider: 'webgpu', adapter: 'Intel(R) Arc' });
    const cuda = machine(1e-7, works('cuda'), works('cpu'));
    expect(await chooseProvider('auto', cuda)).toMatchObject({ provider: 'cuda', notes: [] });
    expect(await chooseProvider('auto', machine(0, works('cpu')))).toMatchObject({ provider: 'cpu', notes: [] });
  });

  test('passes over a software adapter, and says so', async () => {
    const chosen = await chooseProvider('auto', machine(1e-7, works('webgpu', swiftShader), works('cpu')));
    expect(chosen.provider).toBe('cpu');
    expect(chosen.notes.join()).toContain('software adapter here (SwiftShader');
  });

  test.each([2e-3, NaN])('passes over a provider that differs from the CPU by %d', async (difference) => {
    const chosen = await chooseProvider('auto', machine(difference, works('cuda'), works('cpu')));
    expect(chosen.provider).toBe('cpu');
    expect(chosen.notes.join()).toContain('gives another relevance than the CPU');
  });
});

describe('an explicit choice', () => {
  test('that is absent is refused', async () => {
    await expect(chooseProvider('cuda', machine(0))).rejects.toMatchObject({
      code: 'provider/unavailable',
      message: 'The provider cuda cannot be used on this machine: absent. Use --provider webgpu or cpu.',
    });
  });

  test('that computes something else is refused', async () => {
    await expect(chooseProvider('webgpu', machine(0.01, works('webgpu', arc)))).rejects.toMatchObject({
      code: 'provider/disagrees',
      message: expect.stringContaining('webgpu (Intel(R) Arc)') as string,
    });
  });

  test('of a software adapter is taken', async () => {
    const chosen = await chooseProvider('webgpu', machine(1e-7, works('webgpu', swiftShader)));
    expect(chosen).toEqual({ provider: 'webgpu', adapter: swiftShader.name, notes: [] });
  });
});

test('each provider is tried once', async () => {
  let tries = 0;
  const counting = machine(0);
  const trials = rememberTrials({
    ...counting,
    probe: (provider) => {
      tries += 1;
      return counting.probe(provider);
    },
  });
  await Promise.all([chooseProvider('auto', trials), chooseProvider('auto', trials)]);
  expect(tries).toBe(2);
});

describe('on this machine', () => {
  test('the CPU always works', async () => {
    expect(await chooseProvider('cpu', real)).toEqual({ provider: 'cpu', adapter: undefined, notes: [] });
  });

  test('a trial that cannot start says so instead of throwing', async () => {
    const probe = await probeProvider('webgpu');
    if (probe.refusal === undefined) expect(await checkProvider('webgpu')).toHaveProperty('difference');
    else expect(probe.refusal).not.toMatch(/\n|\.$|onnxruntime_src/);
  });
});

const environment = swiftShaderEnvironment();

describe.skipIf(!environment)('on SwiftShader (needs Chromium)', () => {
  /** The trial process starts with this process's environment. */
  async function withSwiftShader<Result>(action: () => Promise<Result>): Promise<Result> {
    const before = { ...process.env };
    Object.assign(process.env, environment);
    try {
      return await action();
    } finally {
      for (const name of Object.keys(environment ?? {})) {
        if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before[name];
      }
    }
  }

  test('WebGPU answers, is known as software, and agrees with the CPU', async () => {
    const { probe, answer } = await withSwiftShader(async () => ({
      probe: await probeProvider('webgpu'),
      answer: await checkProvider('webgpu'),
    }));
    expect(probe.refusal).toBeUndefined();
    expect(probe.adapter).toMatchObject({ software: true, name: expect.stringContaining('SwiftShader') as string });
    expect(answer).toHaveProperty('difference', expect.closeTo(0, 4));
  });
});
