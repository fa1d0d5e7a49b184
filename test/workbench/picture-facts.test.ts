import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodePicture, loadManifest, preprocess } from '#core/imaging/index.ts';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import { readNpy, type NpyArray } from '#shared/npy.ts';
import { createSmallWorld, labels, size, type SmallWorld } from '../cli/small-world.ts';

/** What the window is told of how to show a picture, and the values it is given. */

let world: SmallWorld;
let workbench: Workbench;
beforeAll(async () => {
  world = await createSmallWorld(2);
  workbench = createWorkbench({ catalog: world.at('catalog.lightbox') });
  await workbench.importDataset({ folder: world.folder, name: 'small', layout: 'auto' });
  await workbench.predictDataset({ dataset: 'small', modelPath: world.modelPath, provider: 'cpu', labels });
});
afterAll(async () => {
  await workbench.close();
  await world.remove();
});

async function load(address: string): Promise<NpyArray> {
  const data = await workbench.viewer.data(address);
  return readNpy(data?.bytes ?? new Uint8Array(0), address);
}

test('values are the samples of the file', async () => {
  const { data, info } = await sharp(world.pictures[0]).raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  const { shape, values } = await load('values/1');
  expect(shape).toEqual([info.height, info.width, 3]);
  expect(Array.from(values, Number)).toEqual(Array.from(data));
});

test("the model's input is what preprocessing gives, before it is normalized", async () => {
  const { inputs, grey } = await createRouterClient(workbench.viewer.router).pictureFacts({ sample: 1 });
  expect(grey).toBeUndefined();
  expect(inputs).toMatchObject([{ model: 'Narrow network', width: size, height: size }]);
  expect(inputs[0]?.region).toEqual({ left: 0, top: 0, width: 48, height: 40 });
  const { values } = await load(`model-input/1-${inputs[0]?.setup ?? 0}`);
  const { manifest } = await loadManifest(world.modelPath);
  const { tensor } = preprocess(await decodePicture(path.resolve(world.pictures[0] ?? '')), manifest.input);
  const { mean, std } = manifest.input;
  expect(values.length).toBe(tensor.length);
  Array.from(values, Number).forEach((sample, at) => {
    const [lane, pixel] = [at % 3, Math.floor(at / 3)];
    const normalized = (sample / 255 - (mean[lane] ?? NaN)) / (std[lane] ?? NaN);
    expect(normalized).toBeCloseTo(tensor[lane * size * size + pixel] ?? NaN, 5);
  });
});

test.each(['values/99', 'values/x', 'values/1-1', 'model-input/1', 'model-input/99-1', 'model-input/1-1-1'])(
  'nothing lies at %s',
  async (address) => {
    expect(await workbench.viewer.data(address)).toBeUndefined();
  },
);
