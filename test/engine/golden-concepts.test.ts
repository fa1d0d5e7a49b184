import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine, keepChannels, type Condition } from '#core/engine/index.ts';
import { createComposite } from '#core/relevance/index.ts';
import { readFloats, relativeError } from '../relevance/run-attribution.ts';

/**
 * On every layer of every reference network: what passes each channel alone and what goes round the layer add up to the relevance under no
 * condition, and subtracting two passes gives what passes a channel where the bypass is not much larger.
 */

const golden = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'golden');
const names = ['vgg16', 'vgg16_bn', 'resnet18', 'resnet50', 'resnet50_bn', 'vgg16_cxr', 'resnet50_cxr'];
const isThere = existsSync(golden);
const title = isThere ? 'concepts of' : 'skipped, as ../shared/golden is not here: concepts of';
const composite = createComposite('EpsilonPlusFlat');
const heaviestBypass = 50;

const engine = createEngine();
afterAll(() => engine.close());

describe.skipIf(!isThere)(title, () => {
  it.each(names)('%s', { timeout: 600_000 }, async (name) => {
    const folder = path.join(golden, name);
    const modelPath = path.join(folder, 'model.onnx');
    const { network } = await engine.open({ modelPath, provider: 'cpu' });
    const { channels, height, width } = network.input;
    const image = readFloats(path.join(folder, 'input.f32'), 0, channels * height * width);
    const layers = network.layers.filter(({ type }) => ['convolution', 'linear', 'sum', 'batchNorm'].includes(type));
    const through = await engine.open({
      ...{ modelPath, composite, provider: 'cpu', batch: 'shared' },
      starts: layers.map(({ name: layer }) => ({ layer, from: 'relevance' })),
    });
    const masked = await engine.open({
      ...{ modelPath, composite, provider: 'cpu', batch: 'shared' },
      conditions: layers.map(({ name: layer }) => ({ layer, mode: 'masked' })),
    });
    let compared = 0;
    for (const { name: layer, channels: count } of layers) {
      // Channels in equal parts, each channel in exactly one: their maps add up as those of single channels do.
      const parts = Array.from({ length: Math.min(count, 4) }, (_, part) =>
        Array.from({ length: count }, (_, channel) => channel).filter(
          (channel) => channel % Math.min(count, 4) === part,
        ),
      );
      const conditions = parts.map((kept): Condition => [{ layer, channels: keepChannels(count, kept) }]);
      const { whole = image, relevance } = await engine.condition(
        { handle: through.handle, image, target: 0, initial: 'logit', conditions },
        { batchSize: conditions.length },
      );
      const rows = 1 + Math.min(2, parts.length);
      const values = new Float32Array(rows * count);
      parts.slice(0, rows - 1).forEach((kept, row) => {
        values.set(keepChannels(count, kept), (row + 1) * count);
      });
      const two = await engine.attribute(
        {
          ...{ handle: masked.handle, images: image, targets: Array.from({ length: rows }, () => 0), initial: 'logit' },
          masks: [{ layer, values }],
        },
        { batchSize: rows },
      );
      const mapOf = (maps: Float32Array, row: number): Float32Array =>
        maps.subarray(row * image.length, (row + 1) * image.length);
      const bypass = mapOf(two.relevance, 0);
      const sum = Float64Array.from(bypass);
      parts.forEach((_, row) => {
        mapOf(relevance, row).forEach((value, i) => (sum[i] = (sum[i] ?? NaN) + value));
      });
      expect(relativeError(sum, whole), `${layer}: channels and bypass add up`).toBeLessThan(1e-5);
      for (let row = 1; row < rows; row++) {
        const map = mapOf(relevance, row - 1);
        if (!(normOf(bypass) < heaviestBypass * normOf(map))) continue;
        compared++;
        const difference = mapOf(two.relevance, row).map((value, i) => value - (bypass[i] ?? NaN));
        expect(relativeError(difference, map), `${layer}: subtracting is passing through`).toBeLessThan(1e-5);
      }
    }
    expect(compared).toBeGreaterThan(layers.length / 4);
    for (const { handle } of [through, masked]) await engine.release(handle);
  });
});

function normOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}
