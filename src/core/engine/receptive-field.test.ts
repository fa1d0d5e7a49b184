import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork, createNormalValues } from '#core/networks/index.ts';
import { readModel, saveModel } from '#core/onnx/index.ts';
import { computeReceptiveField, readNetwork, type Network } from '#core/relevance/index.ts';
import { createEngine, type OpenedModel, type Tap } from './index.ts';

/** The formula against what really reaches a neuron: the picture is changed pixel by pixel, and the layer's output looked at. */

const size = 32;
const area = size * size;
const length = 3 * area;
const engine = createEngine({ threads: 1 });
const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-field-'));
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

/** The picture as it is, then with one pixel after the other far brighter. */
function brighten(picture: ArrayLike<number>): Float32Array {
  const images = new Float32Array((1 + area) * length);
  for (let row = 0; row <= area; row++) images.set(Float32Array.from(picture), row * length);
  for (let at = 0; at < length; at++) images[(1 + (at % area)) * length + at] = 40;
  return images;
}

/** Pixels that change any channel of the neuron at a place. */
function listChanging({ dims, values }: Tap, [row, column]: readonly [number, number]): readonly number[] {
  const [, channels = 1, height = 1, width = 1] = dims;
  const places = Array.from({ length: channels }, (_, channel) => (channel * height + row) * width + column);
  const valuesOf = (image: number): readonly number[] =>
    places.map((place) => values[image * channels * height * width + place] ?? NaN);
  const before = valuesOf(0);
  const moves = (pixel: number): boolean =>
    valuesOf(1 + pixel).some((value, at) => Math.abs(value - (before[at] ?? NaN)) > 1e-4);
  return Array.from({ length: area }, (_, pixel) => pixel).filter(moves);
}

const spanOf = (places: readonly number[]): readonly [number, number] => [Math.min(...places), Math.max(...places) + 1];

describe.each([
  ['resnet18', ['conv1', 'layer1.0.sum', 'layer2.0.sum'], [0, 2]],
  ['vgg16', ['features.0', 'features.5', 'features.12'], [0, 1]],
] as const)('the receptive field in %s', (arch, layers, place) => {
  let network: Network;
  let opened: OpenedModel;
  beforeAll(async () => {
    const modelPath = path.join(folder, `${arch}.onnx`);
    await saveModel(createNetwork({ arch, width: 4, classes: 3, size, seed: 5, batchNorm: 'folded' }), modelPath);
    network = readNetwork(await readModel(modelPath));
    const taps = layers.map((layer) => ({ layer, kind: 'activation' as const }));
    opened = await engine.open({ modelPath, provider: 'cpu', taps });
  });

  it('is what changes the neuron when it is changed, no more and no less', async () => {
    const changing = layers.map((): number[] => []);
    for (const seed of [1, 2]) {
      const images = brighten(createNormalValues(`field ${seed}`, length, { mean: 0, deviation: 1 }));
      const { taps } = await engine.predict({ handle: opened.handle, images }, { batchSize: 64 });
      for (const [at, tap] of taps.entries()) changing[at]?.push(...listChanging(tap, place));
    }
    for (const [at, layer] of layers.entries()) {
      const pixels = changing[at] ?? [];
      const rows = spanOf(pixels.map((pixel) => Math.floor(pixel / size)));
      const columns = spanOf(pixels.map((pixel) => pixel % size));
      expect({ layer, ...computeReceptiveField(network, layer, place) }).toEqual({ layer, rows, columns });
    }
  });
});
