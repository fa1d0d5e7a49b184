import { afterAll, describe, expect, it } from 'vitest';
import { createNormalValues } from '#core/networks/index.ts';
import type { Model } from '#core/onnx/index.ts';
import {
  compositeNames,
  createComposite,
  parseComposite,
  type Composite,
  type Network,
  type Shape,
} from '#core/relevance/index.ts';
import { architectures, image, narrowModel, NetworkFolder, withBiases } from './narrow-networks.ts';
import { openAttribution, relativeError } from './run-attribution.ts';

const folder = new NetworkFolder();
afterAll(() => {
  folder.remove();
});

const networks = {
  vgg11: await folder.read(narrowModel('vgg11')),
  resnet18: await folder.read(narrowModel('resnet18')),
};

const oneHot = [1, 0, 0, 0];

async function heatmap(network: Network, composite: Composite, initial: readonly number[]): Promise<Float32Array> {
  const attribute = await openAttribution(network, { composite });
  const run = { image, count: 1, targets: [0], start: 'given' as const, initial: Float32Array.from(initial) };
  return (await attribute(run)).relevance;
}

const firstLayer = { vgg11: 'features.0', resnet18: 'conv1' } as const;

/** The network cut off behind its first convolution. */
function untilFirst(model: Model): Model {
  const [first] = model.graph.nodes.filter(({ operator }) => operator === 'Conv');
  const outputs = model.graph.outputs.map((output) => ({ ...output, name: first?.outputs[0] ?? '', shape: undefined }));
  return { ...model, graph: { ...model.graph, nodes: first ? [first] : [], outputs } };
}

/** Relevance of the picture for relevance of the first convolution's output: random, or one number everywhere. */
async function relevanceBelowFirst(network: Network, composite: Composite, value?: number): Promise<Float32Array> {
  const count = elements(network.output.shape);
  const initial = value === undefined ? createNormalValues('relevance', count) : new Float32Array(count).fill(value);
  const attribute = await openAttribution(network, { composite });
  return (await attribute({ image, count: 1, start: 'given', initial })).relevance;
}

const elements = (shape: Shape): number => shape.slice(1).reduce<number>((product, size) => product * Number(size), 1);

/**
 * What comes out at the picture for 1 put in, and how far from 1 rounding alone can carry it to first order: every layer deals out its
 * relevance with a relative error of the unit roundoff 2^-24, so that the sum errs by 2^-24 times the layer's sum of magnitudes.
 */
async function conservation(network: Network, composite: Composite): Promise<{ sum: number; roundings: number }> {
  const taps = network.layers.map(({ name }) => ({ layer: name, kind: 'relevance' }) as const);
  const attribute = await openAttribution(network, { composite, taps });
  const run = { image, count: 1, targets: [0], start: 'given' as const, initial: Float32Array.from(oneHot) };
  const { relevance, taps: layers } = await attribute(run);
  const magnitudes = layers.map((layer) => layer.reduce((total, value) => total + Math.abs(value), 0));
  const roundings = 2 ** -24 * magnitudes.reduce((a, b) => a + b, 0);
  return { sum: relevance.reduce((total, value) => total + value, 0), roundings };
}

describe.each(architectures)('on a narrow %s', (arch) => {
  const network = networks[arch];

  it.each(compositeNames.filter((name) => name !== 'GuidedBackprop'))(
    '%s is linear in what is put at the output',
    async (name) => {
      const composite = createComposite(name, { low: [-4], high: [4] });
      const [one, other, both] = await Promise.all([
        heatmap(network, composite, oneHot),
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
    expect(await heatmap(network, alpha, oneHot)).toEqual(
      await heatmap(network, createComposite('EpsilonPlus'), oneHot),
    );
  });

  it('Gamma(0) is Epsilon', async () => {
    const gamma = parseComposite({ base: 'EpsilonPlus', types: { convolution: { rule: 'Gamma', gamma: 0 } } }, 'gamma');
    const epsilon = parseComposite({ base: 'EpsilonPlus', types: { convolution: 'Epsilon' } }, 'epsilon');
    expect(relativeError(await heatmap(network, gamma, oneHot), await heatmap(network, epsilon, oneHot))).toBeLessThan(
      1e-4,
    );
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

  it.each(['EpsilonPlus', 'EpsilonPlusFlat', 'EpsilonGammaBox', 'EpsilonAlpha2Beta1'] as const)(
    'passing a ReLU and its derivative are the same under %s: where it is zero, the rules above leave nothing',
    async (name) => {
      const passing = createComposite(name, { low: [-4], high: [4] });
      const derived: Composite = { ...passing, byType: { ...passing.byType, activation: { rule: 'Gradient' } } };
      const [a, b] = [await heatmap(network, passing, oneHot), await heatmap(network, derived, oneHot)];
      expect(relativeError(a, b)).toBeLessThan(1e-6);
    },
  );

  it('passing a ReLU and its derivative differ below WSquare, which does not look at values', async () => {
    const compositeOf = (activation: string): Composite =>
      parseComposite({ base: 'EpsilonPlus', types: { activation, convolution: 'WSquare' } }, 'relu.json');
    const [a, b] = [
      await heatmap(network, compositeOf('Pass'), oneHot),
      await heatmap(network, compositeOf('Gradient'), oneHot),
    ];
    expect(relativeError(a, b)).toBeGreaterThan(0.01);
  });

  it('ZBox does not depend on the bias of its layer, bit for bit', async () => {
    const zBox = parseComposite({ types: { convolution: { rule: 'ZBox', low: -4, high: 4 } } }, 'box.json');
    const [own, other] = await Promise.all(
      [undefined, 3].map(async (bias) => {
        const model = withBiases(narrowModel(arch), (name) => (name.startsWith(firstLayer[arch]) ? bias : undefined));
        return relevanceBelowFirst(await folder.read(untilFirst(model)), zBox);
      }),
    );
    expect(own).toEqual(other);
    expect(own?.some((value) => value !== 0)).toBe(true);
  });

  it('Flat spreads one relevance evenly inside the picture, and not along its border', async () => {
    const flat = parseComposite({ types: { convolution: 'Flat' } }, 'flat.json');
    const first = await folder.read(untilFirst(narrowModel(arch)));
    const map = await relevanceBelowFirst(first, flat, 1);
    // Positions a stride apart are met by the same taps; a kernel (of up to 7) away from the border all windows are whole.
    const [stride, margin] = { vgg11: [1, 3], resnet18: [2, 7] }[arch] as [number, number];
    const { width, height } = first.input;
    const at = (row: number, column: number): number => map[row * width + column] ?? NaN;
    const usual = (row: number, column: number): number =>
      at(margin + ((row - margin) % stride), margin + ((column - margin) % stride));
    for (let row = margin; row < height - margin; row++) {
      for (let column = margin; column < width - margin; column++) {
        expect(Math.abs(at(row, column) / usual(row, column) - 1)).toBeLessThan(1e-6);
      }
    }
    const whole = margin + (margin % stride);
    for (let i = margin; i < height - margin; i++) {
      expect(Math.abs(at(0, i) / at(whole, i) - 1), `first row, ${String(i)}`).toBeGreaterThan(0.01);
      expect(Math.abs(at(i, 0) / at(i, whole) - 1), `first column, ${String(i)}`).toBeGreaterThan(0.01);
    }
  });

  it.each(['EpsilonPlus', 'EpsilonPlusFlat'] as const)(
    'without biases the relevance put in comes out of %s',
    async (name) => {
      const network = await folder.read(withBiases(narrowModel(arch), () => 0));
      const compositeOf = (epsilon: number): Composite => createComposite(name, { epsilon, stabilizer: epsilon });
      const { sum, roundings } = await conservation(network, compositeOf(1e-9));
      expect(Math.abs(sum - 1)).toBeLessThan(roundings);
      // A stabilizer that is not small keeps its share.
      expect(1 - (await conservation(network, compositeOf(1e-3))).sum).toBeGreaterThan(roundings);
    },
  );
});

it('a residual sum under the plain gradient doubles relevance at every block', async () => {
  const sum = (map: Float32Array): number => map.reduce((total, value) => total + value, 0);
  const network = networks.resnet18;
  const shared = await heatmap(network, createComposite('EpsilonPlusFlat', { zeroBias: true }), oneHot);
  const doubled = await heatmap(
    network,
    createComposite('EpsilonPlusFlat', { zeroBias: true, residual: 'gradient' }),
    oneHot,
  );
  expect(sum(doubled) / sum(shared)).toBeGreaterThan(2 ** 7);
  expect(sum(doubled) / sum(shared)).toBeLessThan(2 ** 9);
});
