import { rename, rm } from 'node:fs/promises';
import { createRouterClient } from '@orpc/server';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compositeNames } from '#shared/composite-names.ts';
import type { contract } from '#shared/contract/contract.ts';
import type { Question } from '#shared/contract/explain.ts';
import { createStudy, writeModel, type Study } from './small-study.ts';

/** Heatmaps the window asks for: computed where the catalog has none, kept, and the same that jobs over datasets make. */

let study: Study;
let modelPath: string;
beforeAll(async () => {
  study = await createStudy();
  modelPath = await writeModel(study.at('narrow.onnx'));
  const files = Object.fromEntries([1, 2, 3, 4, 5, 6].map((seed) => [`normal/${seed}.png`, seed]));
  await study.write('lungs', files);
  await study.import('lungs');
  await study.workbench.predictDataset({ dataset: 'lungs', modelPath, provider: 'cpu' });
});
afterAll(() => study.remove());

const client = (): ContractRouterClient<typeof contract> => createRouterClient(study.workbench.viewer.router);
const sampleAt = (index: number): number => study.samples('lungs')[index]?.id ?? -1;
const question = (index: number, more: Partial<Question> = {}): Question => ({
  ...{ sample: sampleAt(index), model: 1, composite: 'EpsilonPlusFlat', target: 1 },
  ...more,
});

test('a heatmap is computed once, and found by the next question', async () => {
  const first = await client().explain.attribution(question(0));
  expect(first.wasKnown).toBe(false);
  expect(first.prediction?.logits).toHaveLength(3);
  expect(first.attribution).toMatchObject({ target: 1, region: { left: 0, top: 0, width: 32, height: 32 } });
  const again = await client().explain.attribution(question(0));
  expect(again).toEqual({ ...first, wasKnown: true });
  const { attributions } = await client().explain.known({ sample: sampleAt(0), model: 1 });
  expect(attributions.map(({ composite, target }) => [composite, target])).toEqual([['EpsilonPlusFlat', 1]]);
});

test('jobs find what the window computed, and the window finds what jobs computed', async () => {
  const job = { dataset: 'lungs', modelPath, provider: 'cpu', target: 'nodule', perClass: 2 } as const;
  const [report] = await study.workbench.attributeDataset(job);
  expect(report?.computed).toBe(1);
  const fromJob = await client().explain.attribution(question(1));
  expect(fromJob.wasKnown).toBe(true);
  const inSetup = study.look((catalog) => [0, 1].map((at) => catalog.attributions.list(sampleAt(at)).length));
  expect(inSetup).toEqual([1, 1]);
});

test('all composites and both starts are told apart', async () => {
  const answers = await Promise.all([
    ...compositeNames.map((composite) => client().explain.attribution(question(2, { composite }))),
    client().explain.attribution(question(2, { initial: 'logit' })),
  ]);
  const { logits = [] } = answers[0].prediction ?? {};
  expect(new Set(answers.map(({ attribution }) => attribution.arraySha256)).size).toBe(8);
  const [one, logit] = [answers[2], answers[7]];
  expect(logit?.attribution.sum).toBeCloseTo((one?.attribution.sum ?? NaN) * (logits[1] ?? NaN), 4);
});

test('whatever the model predicts is the class it predicts', async () => {
  const predicted = await client().explain.attribution(question(3, { target: 'predicted' }));
  const index = predicted.prediction?.predicted ?? -1;
  expect(predicted.attribution.target).toBe(index);
  const named = await client().explain.attribution(question(3, { target: index }));
  expect(named).toEqual({ ...predicted, wasKnown: true });
});

test('a prediction is computed where the catalog has none', async () => {
  const other = await writeModel(study.at('other.onnx'), undefined, 5);
  await study.workbench.attributeDataset({ dataset: 'lungs', modelPath: other, provider: 'cpu', perClass: 1 });
  const [, model] = await client().explain.models();
  const request = { sample: sampleAt(4), model: model?.id ?? -1 };
  expect((await client().explain.known(request)).prediction).toBeUndefined();
  const said = await client().explain.prediction(request);
  expect(said.probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  expect((await client().explain.known(request)).prediction).toEqual(said);
  const { computed } = await study.workbench.predictDataset({ dataset: 'lungs', modelPath: other, provider: 'cpu' });
  expect(computed).toBe(5);
});

test('a question nobody waits for any more is not begun', async () => {
  const leave = new AbortController();
  const stays = client().explain.attribution(question(5, { target: 0 }));
  const left = client().explain.attribution(question(5, { target: 2 }), { signal: leave.signal });
  leave.abort();
  await expect(left).rejects.toThrow();
  await stays;
  const { attributions } = await client().explain.known({ sample: sampleAt(5), model: 1 });
  expect(attributions.map(({ target }) => target)).toEqual([0]);
  expect(await client().explain.working()).toEqual({ waiting: 0 });
});

test('a model whose file is gone still shows what is known of it, and says what to do for more', async () => {
  await rename(modelPath, `${modelPath}.away`);
  expect((await client().explain.attribution(question(0))).wasKnown).toBe(true);
  await expect(client().explain.attribution(question(0, { target: 0 }))).rejects.toMatchObject({
    data: {
      code: 'model/not-found',
      message: expect.stringContaining('narrow.onnx" is not there any more; put') as unknown,
    },
  });
  const models = await client().explain.models();
  expect(models.map(({ fault }) => fault !== undefined)).toEqual([true, false]);
  await rename(`${modelPath}.away`, modelPath);
  expect((await client().explain.attribution(question(0, { target: 0 }))).wasKnown).toBe(false);
});

test('another model under the same name is refused', async () => {
  await rename(modelPath, `${modelPath}.away`);
  await writeModel(modelPath, undefined, 9);
  await expect(client().explain.attribution(question(4))).rejects.toMatchObject({
    data: {
      code: 'model/not-found',
      message: expect.stringContaining('is not the model its results were made with') as unknown,
    },
  });
  await rm(modelPath);
  await rename(`${modelPath}.away`, modelPath);
});

test('what the model has not, and what the catalog has not, is refused', async () => {
  const codes = async (more: Partial<Question>): Promise<unknown> =>
    client()
      .explain.attribution(question(4, more))
      .catch((error: unknown) => (error as { data?: { code: string } }).data?.code);
  expect(await codes({ target: 9 })).toBe('target/unknown');
  expect(await codes({ model: 99 })).toBe('model/not-found');
  expect(await codes({ sample: 99 })).toBe('sample/unknown');
});

test('a picture that is gone is told, and the next question is answered', async () => {
  await rename(study.at('lungs', 'normal', '6.png'), study.at('away.png'));
  await expect(client().explain.attribution(question(5, { target: 1 }))).rejects.toMatchObject({
    data: { code: 'picture/not-found' },
  });
  expect((await client().explain.attribution(question(4, { target: 0 }))).wasKnown).toBe(false);
});
