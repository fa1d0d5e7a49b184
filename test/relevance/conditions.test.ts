import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { float32Initializer, node, readModel, saveModel, valueInfo } from '#core/onnx/index.ts';
import { createComposite, readNetwork, type ConditionPoint, type Network } from '#core/relevance/index.ts';
import { openAttribution } from './run-attribution.ts';

/** The tiny network of zennit-crp's own tests: two layers side by side, joined, and one above, with the values they give. */

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-conditions-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function tinyNetwork(): Promise<Network> {
  const dense = (name: string, [input, output]: readonly [string, string]): ReturnType<typeof node> =>
    node('Gemm', { inputs: [input, `${name}.weight`], outputs: [output], name }, { transB: 1 });
  const weights = [
    float32Initializer('layer1.weight', [2, 2], [1, 2, 0, 1]),
    float32Initializer('layer2.weight', [2, 2], [2, 3, 0, 0]),
    float32Initializer('layer3.weight', [1, 4], [1, 4, 5, 0]),
  ];
  const graph = {
    name: 'tiny',
    nodes: [
      node('Flatten', { inputs: ['x'], outputs: ['flat'] }),
      dense('layer1', ['flat', 'a']),
      dense('layer2', ['flat', 'b']),
      node('Concat', { inputs: ['a', 'b'], outputs: ['ab'] }, { axis: 1 }),
      dense('layer3', ['ab', 'y']),
    ],
    initializers: new Map(weights.map((weight) => [weight.name, weight])),
    inputs: [valueInfo('x', ['batch', 2, 1, 1])],
    outputs: [valueInfo('y', ['batch', 1])],
  };
  const path = join(folder, 'tiny.onnx');
  await saveModel({ irVersion: 8, opsets: new Map([['', 17]]), producer: 'test', graph }, path);
  return readNetwork(await readModel(path));
}

type Condition = ConditionPoint & { readonly kept: readonly number[] };

it.each<[string, readonly Condition[], readonly number[]]>([
  ['nothing', [], [-11, 21]],
  [
    'one channel of one layer, none of the other',
    [
      { layer: 'layer1', mode: 'masked', kept: [0] },
      { layer: 'layer2', mode: 'masked', kept: [] },
    ],
    [-1, 2],
  ],
  ['what passes through one channel', [{ layer: 'layer1', mode: 'through', kept: [0] }], [-1, 2]],
  [
    'a channel of each layer',
    [
      { layer: 'layer2', mode: 'masked', kept: [0] },
      { layer: 'layer1', mode: 'masked', kept: [0] },
    ],
    [-11, 17],
  ],
  [
    'a chain from the top',
    [
      { layer: 'layer3', mode: 'through', kept: [0] },
      { layer: 'layer1', mode: 'through', kept: [0] },
    ],
    [-1, 2],
  ],
])('under the condition of %s', async (_, conditions, expected) => {
  const network = await tinyNetwork();
  const attribute = await openAttribution(network, { composite: createComposite('EpsilonPlus'), conditions });
  const masks = conditions.map(({ layer, kept }) => {
    const channels = network.layers.find(({ name }) => name === layer)?.channels ?? 0;
    return Float32Array.from({ length: channels }, (_, channel) => Number(kept.includes(channel)));
  });
  const { relevance } = await attribute({ image: Float32Array.from([-1, 1]), count: 1, start: 'logit', masks });
  expected.forEach((value, i) => {
    expect(Math.abs((relevance[i] ?? NaN) - value)).toBeLessThan(1e-5 * Math.abs(value));
  });
});
