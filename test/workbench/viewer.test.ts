import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog, type NewSample } from '#core/catalog/index.ts';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import type { contract } from '#shared/contract/contract.ts';

/** What the window is told of a sample, from a catalog written by hand. */

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'lightbox-viewer-')));
const file = path.join(folder, 'study.catalog');
const sha = (digit: string): string => digit.repeat(64);
const origin = { version: '0.1.0', provider: 'cpu' } as const;
const input = { width: 32, height: 32, fit: 'whole', resizeTo: 32, mean: [0], std: [1], colorOrder: 'rgb' };
const targetWithNegativeLogit = 2;

let workbench: Workbench;
beforeAll(async () => {
  const catalog = openCatalog(file);
  const dataset = catalog.datasets.insert({
    name: 'lungs',
    folder,
    layout: 'folders',
    profile: 'basic',
    recipe: {},
  }).id;
  const sample = (name: string, digit: string): NewSample => ({
    ...{ path: `${name}.png`, contentSha256: sha(digit), bytes: 1, mtimeMs: 1, width: 64, height: 48 },
    ...{ label: 'normal', split: 'Test', masks: [], metadata: {} },
  });
  catalog.samples.insertAll(dataset, [sample('the predicted', 'a'), sample('the other', 'b')]);
  const labels = ['effusion', 'nodule', 'normal'];
  const model = catalog.models.insert({ sha256: sha('c'), file: 'm.onnx', labels, architecture: {} }).id;
  const predicting = catalog.setups.insert({ model, kind: 'prediction', settings: { input } }).id;
  const logits = Float32Array.of(2, 1, -3);
  catalog.predictions.insertAll({ setup: predicting, origin }, [
    { contentSha256: sha('a'), logits, probabilities: Float32Array.of(0.7, 0.2, 0.1), predicted: 0, confidence: 0.7 },
  ]);
  const arraySha256 = await catalog.arrays.save({ shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) });
  for (const name of ['EpsilonPlusFlat', 'ExcitationBackprop']) {
    const settings = { input, composite: { name }, target: 'normal', initial: 'one' };
    const setup = catalog.setups.insert({ model, kind: 'attribution', settings }).id;
    const rows = ['a', 'b'].map((digit) => ({
      ...{ contentSha256: sha(digit), composite: name, target: targetWithNegativeLogit },
      ...{ initialRelevance: 1, sum: 0.5, arraySha256, provenance: {} },
    }));
    catalog.attributions.insertAll({ setup, origin }, rows);
  }
  catalog.close();
  workbench = createWorkbench({ catalog: file });
});
afterAll(async () => {
  await workbench.close();
  rmSync(folder, { recursive: true });
});

const client = (): ContractRouterClient<typeof contract> => createRouterClient(workbench.viewer.router);

test('which sign speaks for the target is told where it can be known', async () => {
  const turnedOf = async (name: string): Promise<readonly (boolean | undefined)[]> => {
    const { samples } = await client().samples.page({ dataset: 1, text: name });
    const { attributions } = await client().samples.view({ id: samples[0]?.id ?? 0 });
    return attributions.map(({ turned }) => turned);
  };
  // Epsilon at the last layer shares by the logit, here -3; excitation keeps the sign it starts with.
  expect(await turnedOf('the predicted')).toEqual([true, false]);
  expect(await turnedOf('the other')).toEqual([undefined, false]);
});

test('a page tells what is filtered by, and how much there is of it', async () => {
  const { datasets, setups } = await client().overview();
  expect(datasets).toMatchObject([{ name: 'lungs', groups: [{ split: 'Test', label: 'normal', count: 2 }] }]);
  expect(setups.map(({ kind, composite }) => [kind, composite])).toEqual([
    ['prediction', ''],
    ['attribution', 'EpsilonPlusFlat'],
    ['attribution', 'ExcitationBackprop'],
  ]);
  const list = { dataset: datasets[0]?.id ?? 0, prediction: setups[0]?.id };
  expect(await client().samples.page({ ...list, correct: false })).toMatchObject({
    total: 1,
    samples: [{ contentSha256: sha('a'), label: 'normal', prediction: { predicted: 0, correct: false } }],
  });
  expect(await client().samples.page({ ...list, correct: true })).toMatchObject({ total: 0, samples: [] });
  expect(await client().samples.page(list)).toMatchObject({ total: 2 });
});

test("what is not there is refused with the product's own code", async () => {
  await expect(client().samples.view({ id: 99 })).rejects.toMatchObject({ data: { code: 'sample/unknown' } });
  await expect(client().samples.page({ dataset: 1, limit: 0 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
