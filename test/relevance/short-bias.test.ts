import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { float32Initializer, node, readModel, saveModel, valueInfo } from '#core/onnx/index.ts';
import { readNetwork } from '#core/relevance/index.ts';

it('a bias shorter than the output channels is refused, not read past its end', async () => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'lightbox-bias-'));
  const path = join(folder, 'short-bias.onnx');
  const weights = [
    float32Initializer(
      'w',
      [16, 3, 1, 1],
      Array.from({ length: 48 }, () => 1),
    ),
    float32Initializer('b', [4], [1, 1, 1, 1]),
  ];
  const graph = {
    name: 'short bias',
    nodes: [node('Conv', { inputs: ['x', 'w', 'b'], outputs: ['y'] }, { kernel_shape: [1, 1] })],
    initializers: new Map(weights.map((weight) => [weight.name, weight])),
    inputs: [valueInfo('x', ['batch', 3, 8, 8])],
    outputs: [valueInfo('y', ['batch', 16, 8, 8])],
  };
  await saveModel({ irVersion: 8, opsets: new Map([['', 17]]), producer: 'test', graph }, path);
  const model = await readModel(path);
  rmSync(folder, { recursive: true });
  expect(() => readNetwork(model)).toThrow('its bias has shape [4] but it gives 16 channels');
});
