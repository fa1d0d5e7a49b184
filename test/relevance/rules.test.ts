import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  float32Initializer,
  node,
  readModel,
  saveModel,
  valueInfo,
  type Initializer,
  type Node,
} from '#core/onnx/index.ts';
import { parseComposite, readNetwork } from '#core/relevance/index.ts';
import { openAttribution, type AttributionValues } from './run-attribution.ts';

/** Test vectors computed by zennit 1.0.0 in float64. */

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-rules-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
let count = 0;

interface Layer {
  readonly nodes: readonly Node[];
  readonly weights: readonly Initializer[];
  readonly input: readonly [number, number, number];
  readonly output: readonly number[];
  readonly rules: Readonly<Record<string, unknown>>;
}

/** Relevance of the input of one layer, and of the layers tapped, for given relevance of its output. */
async function attributionOf(
  layer: Layer & { readonly taps?: readonly string[] },
  x: readonly number[],
  relevance: readonly number[],
): Promise<AttributionValues> {
  const path = join(folder, `${String(count++)}.onnx`);
  const graph = {
    name: 'layer',
    nodes: layer.nodes,
    initializers: new Map(layer.weights.map((weight) => [weight.name, weight])),
    inputs: [valueInfo('x', ['batch', ...layer.input])],
    outputs: [valueInfo('y', ['batch', ...layer.output])],
  };
  await saveModel({ irVersion: 8, opsets: new Map([['', 17]]), producer: 'test', graph }, path);
  const composite = parseComposite({ types: layer.rules }, 'test.json');
  const taps = (layer.taps ?? []).map((name) => ({ layer: name, kind: 'relevance' }) as const);
  const attribute = await openAttribution(readNetwork(await readModel(path)), { composite, taps });
  const run = { image: Float32Array.from(x), count: 1, start: 'given' as const, initial: Float32Array.from(relevance) };
  return attribute(layer.output.length === 1 ? { ...run, targets: [0] } : run);
}

const relevanceOf = async (...given: Parameters<typeof attributionOf>): Promise<Float32Array> =>
  (await attributionOf(...given)).relevance;

function expectClose(actual: Float32Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((actual[i] ?? NaN) - value), `value ${String(i)}`).toBeLessThan(1e-6 + 1e-5 * Math.abs(value));
  });
}

const dense = (rule: unknown): Layer => ({
  nodes: [
    node('Flatten', { inputs: ['x'], outputs: ['flat'] }),
    node('Gemm', { inputs: ['flat', 'w', 'b'], outputs: ['y'] }, { transB: 1 }),
  ],
  weights: [float32Initializer('w', [2, 3], [1, -2, 0.5, -1, 0.25, 2]), float32Initializer('b', [2], [0.5, -0.25])],
  input: [3, 1, 1],
  output: [2],
  rules: { linear: rule },
});

const epsilon = (stabilizer: unknown): unknown => ({ rule: 'Epsilon', stabilizer });
const box = { rule: 'ZBox', low: -3, high: 3 };

describe('a dense layer, both outputs positive', () => {
  it.each([
    ['Epsilon', 'Epsilon', [-0.5777775072, 0.2444444257, 3.422220893]],
    ['Epsilon(0.25)', epsilon(0.25), [-0.5167464115, 0.2392344498, 3.119617225]],
    ['Epsilon without bias', { rule: 'Epsilon', zeroBias: true }, [-0.4772725253, 0.3181817593, 3.159089789]],
    ['clip stabilizer', epsilon({ epsilon: 0.5, clip: true }), [-0.5777777778, 0.2444444444, 3.422222222]],
    ['norm scale', epsilon({ epsilon: 0.1, normScale: true }), [-0.4927308096, 0.2366030754, 2.998882604]],
    ['Gamma', 'Gamma', [-0.3492062254, 0.3015872634, 3.079364224]],
    ['Gamma without bias', { rule: 'Gamma', zeroBias: true }, [-0.2833332411, 0.3666666022, 2.916665906]],
    ['ZPlus', 'ZPlus', [0.2222221728, 0.4444443457, 2.222221673]],
    ['AlphaBeta', 'AlphaBeta', [-0.8888880988, 0.5555555802, 4.444443346]],
    ['ZBox', box, [0.5958620243, 0.6317240935, 1.772413653]],
    ['WSquare', 'WSquare', [0.5720619751, 0.7516628342, 1.606429842]],
    ['Flat', 'Flat', [0.9999996667, 0.9999996667, 0.9999996667]],
  ])('%s', async (_, rule, expected) => {
    expectClose(await relevanceOf(dense(rule), [1, -1, 2], [1, 2]), expected);
  });
});

describe('a dense layer, one output negative', () => {
  it.each([
    ['Epsilon', 'Epsilon', [-4.235286062, 4.411758374, 3.941168484]],
    ['Epsilon without bias', { rule: 'Epsilon', zeroBias: true }, [-2.877189383, 3.263154962, 2.614031543]],
    ['Gamma', 'Gamma', [-2.307244071, 3.304345466, 2.623185569]],
    [
      'Gamma without bias, its gate still biased',
      { rule: 'Gamma', zeroBias: true },
      [-1.844209082, 2.778945847, 2.065261391],
    ],
    ['ZPlus', 'ZPlus', [0.5714282449, 0.8571423673, 1.285713551]],
    ['AlphaBeta', 'AlphaBeta', [-0.4571422302, 0.7142849014, 2.571427102]],
    ['ZBox', box, [1.076604398, 0.2857142585, 1.63768098]],
  ])('%s', async (_, rule, expected) => {
    expectClose(await relevanceOf(dense(rule), [1, 3, 0.5], [1, 2]), expected);
  });
});

const conv = (rule: unknown): Layer => ({
  nodes: [node('Conv', { inputs: ['x', 'w', 'b'], outputs: ['y'] }, { kernel_shape: [3, 3], pads: [1, 1, 1, 1] })],
  weights: [
    float32Initializer(
      'w',
      [1, 1, 3, 3],
      Array.from({ length: 9 }, (_, i) => -1 + 0.25 * i),
    ),
    float32Initializer('b', [1], [0.5]),
  ],
  input: [1, 3, 3],
  output: [1, 3, 3],
  rules: { convolution: rule },
});

describe('a convolution with zero padding, an exact zero and negative outputs', () => {
  it.each([
    ['ZPlus', 'ZPlus', [0, 0.249999875, 0, 0, 0.941427465, 1.628958826, 0.9743585834, 0, 1.241024622]],
    [
      'AlphaBeta',
      'AlphaBeta',
      [-1.828567024, -2.560314749, 0, 0, 0.1913264816, 2.020155825, 1.766899051, 0, 2.482049244],
    ],
    ['Gamma', 'Gamma', [-1.395263985, -0.1915269322, 0, 0, 2.054454912, 3.617361295, 2.797261762, 0, 0.226976574]],
    [
      'Flat',
      'Flat',
      [0.694444314, 1.11111089, 0.694444314, 1.11111089, 1.777777404, 1.11111089, 0.694444314, 1.11111089, 0.694444314],
    ],
    [
      'WSquare',
      'WSquare',
      [
        0.4878736007, 0.6946298926, 0.3003736476, 1.387052702, 2.071907237, 1.387052702, 0.3003736476, 0.6946298926,
        0.4878736007,
      ],
    ],
    [
      'ZBox',
      { rule: 'ZBox', low: 0, high: 3 },
      [
        0.7757114073, 0.8689960683, 0.693548251, 1.38908154, 2.522545731, 1.552656118, 0.5790321247, 0.2727271736,
        0.345698861,
      ],
    ],
  ])('%s', async (_, rule, expected) => {
    expectClose(
      await relevanceOf(
        conv(rule),
        [1, 2, 0, 0, 1, 3, 2, 0, 1],
        Array.from({ length: 9 }, () => 1),
      ),
      expected,
    );
  });
});

describe('layers without weights', () => {
  it('an average over the picture, under Norm', async () => {
    const layer: Layer = {
      nodes: [node('GlobalAveragePool', { inputs: ['x'], outputs: ['y'] })],
      weights: [],
      input: [1, 2, 2],
      output: [1, 1, 1],
      rules: { averagePool: 'Norm' },
    };
    expectClose(await relevanceOf(layer, [1, 2, 0, 1], [2]), [0.4999995, 0.999999, 0, 0.4999995]);
  });

  it('max pooling gives to the first of equal values', async () => {
    const layer: Layer = {
      nodes: [node('MaxPool', { inputs: ['x'], outputs: ['y'] }, { kernel_shape: [2, 2], strides: [2, 2] })],
      weights: [],
      input: [1, 2, 2],
      output: [1, 1, 1],
      rules: {},
    };
    expectClose(await relevanceOf(layer, [1, 2, 2, 0], [3]), [0, 3, 0, 0]);
  });

  it('a sum under Norm gives each addend its share', async () => {
    // a = x, c = factor * x: the pairs (1, -3), (2, 2), (0, 0).
    const layer = {
      nodes: [
        node('Mul', { inputs: ['x', 'one'], outputs: ['a'] }),
        node('Mul', { inputs: ['x', 'factors'], outputs: ['c'] }),
        node('Add', { inputs: ['a', 'c'], outputs: ['y'] }),
      ],
      weights: [float32Initializer('one', [1], [1]), float32Initializer('factors', [3, 1, 1], [-3, 1, 5])],
      input: [3, 1, 1],
      output: [3, 1, 1],
      rules: { sum: 'Norm' },
      taps: ['a', 'c'],
    } as const;
    const { relevance, taps } = await attributionOf(layer, [1, 2, 0], [1, 1, 1]);
    const shares = [
      [-0.49999975, 0.499999875, 0],
      [1.49999925, 0.499999875, 0],
    ] as const;
    expect(taps.length).toBe(2);
    taps.forEach((actual, i) => {
      expectClose(actual, shares[i] ?? []);
    });
    // Both addends lead to x unchanged, so x receives the sum of the two shares.
    expectClose(
      relevance,
      shares[0].map((share, i) => share + (shares[1][i] ?? NaN)),
    );
  });
});

describe('a denominator near zero', () => {
  // z = 1 - 1 + bias, so that R_in = (1, -1) * R / stab(bias) shows the stabilised denominator.
  it.each([
    [0, 1e-6],
    [1e-7, 1.1e-6],
    [-1e-7, -1.1e-6],
  ])('of %f under Epsilon', async (z, stabilized) => {
    const layer: Layer = {
      nodes: [
        node('Flatten', { inputs: ['x'], outputs: ['flat'] }),
        node('Gemm', { inputs: ['flat', 'w', 'b'], outputs: ['y'] }, { transB: 1 }),
      ],
      weights: [float32Initializer('w', [1, 2], [1, -1]), float32Initializer('b', [1], [z])],
      input: [2, 1, 1],
      output: [1],
      rules: { linear: 'Epsilon' },
    };
    expectClose(await relevanceOf(layer, [1, 1], [1e-6]), [1e-6 / stabilized, -1e-6 / stabilized]);
  });
});
