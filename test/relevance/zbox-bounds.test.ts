import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readModel } from '#core/onnx/index.ts';
import { boundsAtFirstLayer, parseComposite, readNetwork } from '#core/relevance/index.ts';

const folder = join(import.meta.dirname, '..', 'corpus');
const mean = [0.485, 0.456, 0.406];
const std = [0.229, 0.224, 0.225];

it.each(['resnet18-ts17-normalized.onnx', 'resnet18-dynamo18-normalized.onnx'])(
  '%s: black and white pixels are carried through its own normalisation',
  async (file) => {
    const network = readNetwork(await readModel(join(folder, file)));
    const { low, high } = boundsAtFirstLayer(network, { low: [0, 0, 0], high: [1, 1, 1] });
    mean.forEach((m, c) => {
      expect(low[c]).toBeCloseTo(-m / (std[c] ?? NaN), 5);
      expect(high[c]).toBeCloseTo((1 - m) / (std[c] ?? NaN), 5);
    });
  },
);

it('a network without normalisation keeps the bounds', async () => {
  const network = readNetwork(await readModel(join(folder, 'resnet18-ts11.onnx')));
  expect(boundsAtFirstLayer(network, { low: [-2], high: [3] })).toEqual({ low: [-2], high: [3] });
});

it('a composite as JSON hands the bounds to its base', () => {
  const composite = parseComposite({ base: 'EpsilonGammaBox' }, 'mine.json', { low: [-2], high: [3] });
  expect(composite.first.convolution).toMatchObject({ rule: 'ZBox', low: [-2], high: [3] });
});
