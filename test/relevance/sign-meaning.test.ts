import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createNormalValues } from '#core/networks/index.ts';
import { float32Initializer, int64Initializer, node, readModel, saveModel, valueInfo } from '#core/onnx/index.ts';
import { parseComposite, readNetwork, signMeaning, type SignMeaning } from '#core/relevance/index.ts';
import { openAttribution } from './run-attribution.ts';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-signs-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const inputs = 12;
const weights = createNormalValues('weights', 2 * inputs);
/** Not negative, as activations below the last layer are. */
const x = createNormalValues('activations', inputs).map((value) => Math.abs(value) + 0.1);
/** Through the bias the first logit is -3 and the second 3, whatever the weights. */
const sums = [0, 1].map((row) => x.reduce((sum, value, i) => sum + value * (weights[row * inputs + i] ?? NaN), 0));
const bias = [-3 - (sums[0] ?? NaN), 3 - (sums[1] ?? NaN)];

async function saveClassifier(): Promise<string> {
  const path = join(folder, 'classifier.onnx');
  const initializers = [
    float32Initializer('w', [2, inputs], weights),
    float32Initializer('b', [2], bias),
    int64Initializer('shape', [2], [-1, 2]),
  ];
  const graph = {
    name: 'classifier',
    nodes: [
      node('Flatten', { inputs: ['x'], outputs: ['flat'] }),
      node('Gemm', { inputs: ['flat', 'w', 'b'], outputs: ['logits'] }, { transB: 1 }),
      node('Reshape', { inputs: ['logits', 'shape'], outputs: ['y'] }),
    ],
    initializers: new Map(initializers.map((initializer) => [initializer.name, initializer])),
    inputs: [valueInfo('x', ['batch', inputs, 1, 1])],
    outputs: [valueInfo('y', ['batch', 2])],
  };
  await saveModel({ irVersion: 8, opsets: new Map([['', 17]]), producer: 'test', graph }, path);
  return path;
}

/**
 * Sign of relevance from +1 against what each input does for the logit: w x under rules of evidence, w under the gradient.
 * Rules that know no evidence against (ZPlus) give zero there.
 */
it.each<[string, SignMeaning]>([
  ['Epsilon', 'evidence-of-logit'],
  ['Gamma', 'evidence-of-logit'],
  ['ZPlus', 'evidence'],
  ['AlphaBeta', 'evidence'],
  ['Gradient', 'gradient'],
])('under %s at the last layer the sign is %s', async (rule, meaning) => {
  const network = readNetwork(await readModel(await saveClassifier()));
  const composite = parseComposite({ types: { linear: rule } }, 'last.json');
  expect(signMeaning(network, composite)).toBe(meaning);
  const attribute = await openAttribution(network, { composite });
  for (const target of [0, 1]) {
    const { relevance, logits } = await attribute({ image: x, count: 1, targets: [target] });
    expect(Math.sign(logits[target] ?? NaN)).toBe(target === 0 ? -1 : 1);
    const turn = meaning === 'evidence-of-logit' && target === 0 ? -1 : 1;
    const signs = [...relevance].map((value) => turn * Math.sign(value));
    const effects = Array.from({ length: inputs }, (_, i) => Math.sign(weights[target * inputs + i] ?? NaN));
    const expected = rule === 'ZPlus' ? effects.map((effect) => Math.max(0, effect)) : effects;
    expect(signs.map((sign) => sign + 0)).toEqual(expected);
  }
});
