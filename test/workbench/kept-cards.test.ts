import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import type { JobControl, QualityReport, QualityRequest } from '#core/workbench/index.ts';
import type { contract } from '#shared/contract/contract.ts';
import { createStudy, drawNoise, labels, writeModel, type Study } from './small-study.ts';

/** Cards of how good a model's maps are: measured once, kept in the catalog, told to the window. */

let study: Study;
let model: string;
beforeAll(async () => {
  study = await createStudy();
  model = await writeModel(study.at('network.onnx'));
  await study.write('films', Object.fromEntries(labels.map((label, at) => [`${label}/${at}.png`, at + 1])));
  await study.import('films');
});
afterAll(() => study.remove());

const client = (): ContractRouterClient<typeof contract> => createRouterClient(study.workbench.viewer.router);
const run = (request: Partial<QualityRequest> = {}, control: JobControl = {}): Promise<QualityReport> =>
  study.workbench.measureQuality({ dataset: 'films', modelPath: model, provider: 'cpu', ...request }, control);
const shuffledFolder = (): string => `${study.catalog}.shuffled`;
const steps = async (request: Partial<QualityRequest> = {}): Promise<number> => {
  let count = 0;
  await run(request, { onProgress: () => { count++; } }); // prettier-ignore
  return count;
};

test('a card is measured once; the second time nothing is computed, and it says the same', async () => {
  const first = await run();
  expect(first.files).toEqual([]);
  expect(await steps()).toBe(0);
  const again = await run({ outputFolder: study.at('out') });
  expect(again.cards).toEqual(first.cards);
  expect(again.files).toEqual(['quality.json', 'quality.csv', 'quality.pdf', 'quality.png', 'quality.svg']);
  expect(await readFile(study.at('out', 'quality.svg'), 'utf8')).toMatch(/SSIM, \d+ of \d+ layers shuffled/);
});

test('a report on the dataset has the card', async () => {
  await study.workbench.saveReport({ dataset: 'films', modelPaths: [model], provider: 'cpu', outputFolder: study.at('report'), maps: false }); // prettier-ignore
  const page = await readFile(study.at('report', 'report.html'), 'utf8');
  expect(page).toMatch(/The quality card of/);
  expect(page).toMatch(/SSIM, \d+ of \d+ layers shuffled<\/td>\s*<td>\d\.\d{3}/);
  expect(page).not.toMatch(/was not measured/);
});

test('other settings and composites are measured, with the shuffled models there are', async () => {
  const before = readdirSync(shuffledFolder());
  expect(before).toHaveLength(3);
  expect(await steps({ composite: 'EpsilonPlus' })).toBeGreaterThan(0);
  expect(readdirSync(shuffledFolder())).toEqual(before);
  expect(await steps({ seed: 2, limit: 2 })).toBeGreaterThan(0);
  expect(readdirSync(shuffledFolder())).toHaveLength(6);
});

test('a picture that is another by now is measured anew', async () => {
  await writeFile(study.at('films', 'normal', '2.png'), await drawNoise(77));
  await study.import('films');
  expect(await steps()).toBeGreaterThan(0);
  expect(await steps()).toBe(0);
});

test('the window has it measured in the background, and shows what is kept', async () => {
  const { id } = await client().jobs.start({ kind: 'quality', dataset: 1, model: 1, composite: 'GuidedBackprop' });
  await expect.poll(async () => (await client().jobs.list()).jobs.find((job) => job.id === id)?.state, { timeout: 30_000 }).toBe('done'); // prettier-ignore
  const [card, ...others] = await client().robustness.cards({ model: 1 });
  expect(card).toMatchObject({ composite: 'GuidedBackprop', dataset: 'films', pictures: 3, averageShifts: false });
  expect(card?.sentences.join(' ')).toMatch(/does not conserve/);
  expect(card?.means.classCosine.mean).toBeTypeOf('number');
  expect(others.map(({ composite }) => composite)).toContain('EpsilonPlus');
});

test('cancelled, what was measured before is kept and nothing half', async () => {
  const leave = new AbortController();
  const count = (): number => study.look((catalog) => catalog.qualityCards.list(1).length);
  const before = count();
  const cancelled = run({ composite: 'all', seed: 3 }, { signal: leave.signal, onProgress: ({ label }) => { if (label.startsWith('EpsilonPlus:')) leave.abort(); } }); // prettier-ignore
  await expect(cancelled).rejects.toMatchObject({ code: 'job/cancelled' });
  expect(count()).toBe(before + 1);
});

test('shuffled models go with compact when their model is gone, and not before', async () => {
  await study.workbench.compactCatalog();
  expect(readdirSync(shuffledFolder()).length).toBeGreaterThan(0);
  const catalog = openCatalog(study.catalog);
  catalog.models.delete(1);
  expect(catalog.compact().removedShuffledModels).toBe(9);
  catalog.close();
  expect(existsSync(shuffledFolder()) ? readdirSync(shuffledFolder()) : []).toEqual([]);
});
