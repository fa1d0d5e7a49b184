import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import type { contract } from '#shared/contract/contract.ts';
import type { JobList, JobRequest, JobView } from '#shared/contract/jobs.ts';
import { createLabelledWorld, fillCatalog, type LabelledWorld } from '../web/labelled-world.ts';
import { lockScript } from '../web/marked-world.ts';
import { startJob } from './start-job.ts';

/** Jobs among each other, and among other processes. */

let world: LabelledWorld;
let workbench: Workbench;
let client: ContractRouterClient<typeof contract>;
beforeAll(async () => {
  world = await createLabelledWorld(30);
  await fillCatalog(world, { explains: false });
  workbench = createWorkbench({ catalog: world.catalog });
  client = createRouterClient(workbench.viewer.router);
});
afterAll(async () => {
  await workbench.close();
  await world.remove();
});

const patiently = { timeout: 60_000 };
const find = async (id: number): Promise<JobView | undefined> =>
  (await client.jobs.list()).jobs.find((job) => job.id === id);
const expectState = async (id: number, state: JobView['state']): Promise<void> => {
  await expect.poll(async () => (await find(id))?.state, patiently).toBe(state);
};
const explain = { kind: 'attribute', dataset: 1, model: 1, split: 'Train' } as const satisfies JobRequest;

test('a paused job lets those behind it pass, and afterwards waits for its turn', async () => {
  const first = await client.jobs.start({ ...explain, composite: 'EpsilonPlus' });
  await expectState(first.id, 'running');
  await client.jobs.pause(first);
  await expectState(first.id, 'paused');
  const second = await client.jobs.start({ ...explain, composite: 'EpsilonPlusFlat' });
  const third = await client.jobs.start({ ...explain, split: 'Test', composite: 'EpsilonPlusFlat' });
  await expectState(second.id, 'running');
  await client.jobs.resume(first);
  expect((await find(third.id))?.state).toBe('queued');
  for (const { id } of [second, third, first]) await expectState(id, 'done');
  expect(await find(first.id)).toMatchObject({ outcome: '90 heatmaps computed.' });
});

test('a paused job is cancelled without waiting for those that passed it', async () => {
  const first = await client.jobs.start({ ...explain, composite: 'EpsilonAlpha2Beta1' });
  await client.jobs.pause(first);
  const second = await client.jobs.start({ ...explain, composite: 'EpsilonGammaBox' });
  await expectState(second.id, 'running');
  await client.jobs.cancel(first);
  await expectState(first.id, 'cancelled');
  await client.jobs.cancel(second);
  await expectState(second.id, 'cancelled');
});

const listOthers = async (): Promise<JobList['others']> => (await client.jobs.list()).others;

test('jobs of other processes are listed and cancelled; what broke off is told until it is begun again', async () => {
  const { child, said, gone } = startJob('concepts', world.catalog, world.films, world.modelPath);
  await said(2);
  await expect.poll(async () => (await listOthers())[0]?.state, patiently).toBe('running');
  const [job] = await listOthers();
  expect(job).toMatchObject({
    title: 'Read concepts of films',
    total: 180,
    process: expect.stringContaining(String(child.pid)) as unknown,
  });
  await client.jobs.cancelOther({ id: job?.id ?? 0 });
  expect((await gone).failure).toMatch(/^job\/cancelled/);
  expect(await listOthers()).toEqual([]);

  const killed = startJob('concepts', world.catalog, world.films, world.modelPath);
  await killed.said(2);
  killed.child.kill('SIGKILL');
  await killed.gone;
  expect(await listOthers()).toMatchObject([{ state: 'interrupted', title: 'Read concepts of films' }]);
  const again = startJob('concepts', world.catalog, world.films, world.modelPath);
  await again.said(2);
  await expect.poll(async () => (await listOthers()).map(({ state }) => state), patiently).toEqual(['running']);
  again.child.kill('SIGKILL');
  await again.gone;
  const [left] = await listOthers();
  await client.jobs.forgetOther({ id: left?.id ?? 0 });
  await expect.poll(async () => (await listOthers()).length).toBe(0);
});

test('while another program writes, everything else is answered, and what waited is done afterwards', async () => {
  const [sample = 0] = await client.samples.ids({ list: { dataset: 1 }, to: 1 });
  const keeper = spawn(process.execPath, ['-e', lockScript, world.catalog], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(keeper.stdout, 'data');
  const order: string[] = [];
  const tagging = client.samples.tag({ tag: 'late', samples: [sample] }).then((count) => {
    order.push(`tagged ${count}`);
  });
  await client.overview();
  order.push('answered');
  keeper.stdin.end();
  await tagging;
  expect(order).toEqual(['answered', 'tagged 1']);
});

test('a dataset goes with all that is told before, and its pictures stay', async () => {
  const contents = await client.datasets.contents({ dataset: 1 });
  expect(contents).toMatchObject({ name: 'films', folder: world.films, samples: 180, predictions: 180, tags: 1 });
  const { id } = await client.jobs.start({ kind: 'remove', dataset: 1 });
  await expectState(id, 'done');
  expect(await find(id)).toMatchObject({
    title: 'Remove films',
    outcome: expect.stringMatching(/^films is gone from the catalog: 180 pictures, \d+ heatmaps/) as unknown,
  });
  expect((await client.overview()).datasets).toEqual([]);
  const plan = await client.folders.plan({ folder: world.films });
  expect([plan.total, plan.isKnown]).toEqual([180, false]);
  await expect(client.datasets.contents({ dataset: 1 })).rejects.toMatchObject({ data: { code: 'dataset/unknown' } });
  const catalog = openCatalog(world.catalog, { readonly: true });
  expect(catalog.jobs.list()).toEqual([]);
  catalog.close();
});
