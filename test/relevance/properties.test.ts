import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createNetwork, createNormalValues } from '#core/networks/index.ts';
import { readModel, saveModel } from '#core/onnx/index.ts';
import {
  compositeNames,
  createComposite,
  parseComposite,
  readNetwork,
  type Composite,
  type Network,
} from '#core/relevance/index.ts';
import { openAttribution, relativeError } from './run-attribution.ts';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-properties-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const size = 32;
const classes = 4;
const image = createNormalValues('a picture', 3 * size * size);

async function narrow(arch: 'vgg11' | 'resnet18'): Promise<Network> {
  const path = join(folder, `${arch}.onnx`);
  await saveModel(createNetwork({ arch, width: 8, classes, size, seed: 3, batchNorm: 'folded' }), path);
  return readNetwork(await readModel(path));
}

const networks = { vgg11: await narrow('vgg11'), resnet18: await narrow('resnet18') };

async function heatmap(network: Network, composite: Composite, initial: readonly number[]): Promise<Float32Array> {
  const attribute = await openAttribution(network, { composite });
  const run = { image, count: 1, targets: [0], start: 'given' as const, initial: Float32Array.from(initial) };
  return (await attribute(run)).relevance;
}

describe.each(Object.keys(networks) as (keyof typeof networks)[])('on a narrow %s', (arch) => {
  const network = networks[arch];

  it.each(compositeNames.filter((name) => name !== 'GuidedBackprop'))(
    '%s is linear in what is put at the output',
    async (name) => {
      const composite = createComposite(name, { low: [-4], high: [4] });
      const [one, other, both] = await Promise.all([
        heatmap(network, composite, [1, 0, 0, 0]),
        heatmap(network, composite, [0, -2, 0, 0]),
        heatmap(network, composite, [3, -2, 0, 0]),
      ]);
      expect(
        relativeError(
          both,
          one.map((value, i) => 3 * value + (other[i] ?? NaN)),
        ),
      ).toBeLessThan(1e-5);
    },
  );

  it('AlphaBeta(1, 0) is ZPlus, bit for bit', async () => {
    const alpha = parseComposite(
      { base: 'EpsilonPlus', types: { convolution: { rule: 'AlphaBeta', alpha: 1, beta: 0 } } },
      'a',
    );
    expect(await heatmap(network, alpha, [1, 0, 0, 0])).toEqual(
      await heatmap(network, createComposite('EpsilonPlus'), [1, 0, 0, 0]),
    );
  });

  it('Gamma(0) is Epsilon', async () => {
    const gamma = parseComposite({ base: 'EpsilonPlus', types: { convolution: { rule: 'Gamma', gamma: 0 } } }, 'gamma');
    const epsilon = parseComposite({ base: 'EpsilonPlus', types: { convolution: 'Epsilon' } }, 'epsilon');
    expect(
      relativeError(await heatmap(network, gamma, [1, 0, 0, 0]), await heatmap(network, epsilon, [1, 0, 0, 0])),
    ).toBeLessThan(1e-4);
  });

  it('equal pictures in a batch give equal heatmaps', async () => {
    const attribute = await openAttribution(network, { composite: createComposite('EpsilonPlusFlat') });
    const three = new Float32Array(3 * image.length);
    for (let i = 0; i < 3; i++) three.set(image, i * image.length);
    const { relevance } = await attribute({ image: three, count: 3, targets: [1, 1, 1] });
    const row = (i: number): Float32Array => relevance.slice(i * image.length, (i + 1) * image.length);
    expect(row(1)).toEqual(row(0));
    expect(row(2)).toEqual(row(0));
  });

  it('what passes each channel of a layer, and what goes round it, add up to the whole', async () => {
    const name = arch === 'vgg11' ? 'features.8' : 'layer2.0.conv2';
    const layer = network.layers.find((candidate) => candidate.name === name);
    const channels = layer?.channels ?? 0;
    const composite = createComposite('EpsilonPlusFlat');
    const whole = await heatmap(network, composite, [1, 0, 0, 0]);
    const run = { image, count: 1, start: 'one' as const };
    const through = await openAttribution(network, {
      composite,
      batch: 'shared',
      conditions: [{ layer: name, mode: 'through' }],
    });
    const oneHot = Float32Array.from({ length: channels * channels }, (_, i) => Number(i % (channels + 1) === 0));
    const targets = Array.from({ length: channels }, () => 0);
    const { relevance } = await through({ ...run, targets, masks: [oneHot] });
    const masked = await openAttribution(network, { composite, conditions: [{ layer: name, mode: 'masked' }] });
    const round = await masked({ ...run, targets: [0], masks: [new Float32Array(channels)] });
    const total = Float64Array.from(round.relevance);
    relevance.forEach((value, i) => {
      total[i % image.length] = (total[i % image.length] ?? NaN) + value;
    });
    expect(relativeError(total, whole)).toBeLessThan(1e-5);
    if (arch === 'vgg11') expect(Math.max(...round.relevance.map(Math.abs))).toBe(0);
  });

  it('without biases the relevance put in comes out', async () => {
    const composite = createComposite('EpsilonPlusFlat', { zeroBias: true, epsilon: 1e-9, stabilizer: 1e-9 });
    const relevance = await heatmap(network, composite, [1, 0, 0, 0]);
    expect(relevance.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 1);
  });
});

it('a residual sum under the plain gradient doubles relevance at every block', async () => {
  const sum = (map: Float32Array): number => map.reduce((total, value) => total + value, 0);
  const network = networks.resnet18;
  const shared = await heatmap(network, createComposite('EpsilonPlusFlat', { zeroBias: true }), [1, 0, 0, 0]);
  const doubled = await heatmap(
    network,
    createComposite('EpsilonPlusFlat', { zeroBias: true, residual: 'gradient' }),
    [1, 0, 0, 0],
  );
  expect(sum(doubled) / sum(shared)).toBeGreaterThan(2 ** 7);
  expect(sum(doubled) / sum(shared)).toBeLessThan(2 ** 9);
});
