import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import type { contract } from '#shared/contract/contract.ts';
import { facetNames } from '#shared/contract/facets.ts';
import type { JobRequest, JobView } from '#shared/contract/jobs.ts';
import { createLabelledWorld, type LabelledWorld } from '../web/labelled-world.ts';

/** What the shell of the window asks, without a window. */

let world: LabelledWorld;
let workbench: Workbench;
let client: ContractRouterClient<typeof contract>;
beforeAll(async () => {
  world = await createLabelledWorld(5);
  workbench = createWorkbench({ catalog: world.catalog });
  client = createRouterClient(workbench.viewer.router);
});
afterAll(async () => {
  await workbench.close();
  await world.remove();
});

const code = (name: string): unknown =>
  expect.objectContaining({ data: expect.objectContaining({ code: name }) as unknown });

/** Waits until a job has ended. */
async function finish(request: JobRequest): Promise<JobView> {
  const { id } = await client.jobs.start(request);
  for (;;) {
    const job = (await client.jobs.list()).jobs.find((one) => one.id === id);
    if (!job) throw new Error('The job is not on the board.');
    if (['done', 'failed', 'cancelled'].includes(job.state)) return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('before there is a catalog', () => {
  test('nothing is there, and asking makes none', async () => {
    expect(await client.overview()).toMatchObject({ datasets: [], setups: [] });
    expect(await client.models.list()).toEqual([]);
    expect(await client.session.get({ name: 'window' })).toEqual({});
    expect(await client.session.put({ name: 'window', state: { a: 1 } })).toMatchObject({ isKept: false });
    expect(await client.session.get({ name: 'window' })).toEqual({ state: { a: 1 } });
    expect(() => openCatalog(world.catalog, { readonly: true })).toThrow();
  });

  test('folders are listed from the home folder on, hidden ones left out', async () => {
    expect((await client.folders.list({})).path).toBe(homedir());
    mkdirSync(world.at('room', '.hidden'), { recursive: true });
    mkdirSync(world.at('room', 'b10'));
    mkdirSync(world.at('room', 'b9'));
    writeFileSync(world.at('room', 'x.PNG'), '');
    writeFileSync(world.at('room', 'm.onnx'), '');
    const room = await client.folders.list({ path: world.at('room') });
    expect(room).toEqual({
      ...{ path: world.at('room'), parent: world.folder, pictures: 1 },
      folders: ['b9', 'b10'].map((name) => ({ name, path: world.at('room', name) })),
      models: [{ name: 'm.onnx', path: world.at('room', 'm.onnx') }],
    });
    await expect(client.folders.list({ path: world.at('none') })).rejects.toEqual(code('dataset/not-found'));
    await expect(client.folders.list({ path: world.modelPath })).rejects.toEqual(code('dataset/not-found'));
  });

  test('an import is planned without writing anything', async () => {
    const plan = await client.folders.plan({ folder: world.films });
    expect(plan).toMatchObject({ name: 'films', total: 30, isKnown: false });
    expect(plan.tables).toEqual([
      {
        splits: ['Train', 'Test'],
        labels: ['effusion', 'nodule', 'normal'],
        counts: [
          [5, 5, 5],
          [5, 5, 5],
        ],
      },
    ]);
    expect(() => openCatalog(world.catalog, { readonly: true })).toThrow();
    await expect(client.folders.plan({ folder: world.at('none') })).rejects.toEqual(code('dataset/not-found'));
  });
});

describe('with films', () => {
  test('jobs import, predict and explain, and say what came of it', async () => {
    const imported = await finish({ kind: 'import', folder: world.films });
    expect(imported).toMatchObject({ state: 'done', title: 'Import films', dataset: 1 });
    expect(imported.outcome).toContain('30 added');
    const { id: model } = await client.models.add({ path: world.modelPath });
    expect(await finish({ kind: 'predict', dataset: 1, model })).toMatchObject({ outcome: '30 predictions computed.' });
    const samples = await client.samples.ids({ list: { dataset: 1 }, from: 2, to: 5 });
    const explained = await finish({ kind: 'attribute', dataset: 1, model, samples });
    expect(explained).toMatchObject({ state: 'done', outcome: '3 heatmaps computed.' });
    expect(await finish({ kind: 'attribute', dataset: 1, model, samples })).toMatchObject({
      outcome: 'Nothing was missing.',
    });
    const { jobs, changes } = await client.jobs.list();
    expect(jobs).toHaveLength(4);
    expect(changes).toBeGreaterThanOrEqual(4);
    await client.jobs.dismiss({ id: jobs[0]?.id ?? 0 });
    expect((await client.jobs.list()).jobs).toHaveLength(3);
    await expect(client.jobs.cancel({ id: 99 })).rejects.toEqual(code('request/invalid'));
    await expect(client.jobs.start({ kind: 'predict', dataset: 9, model })).rejects.toEqual(code('dataset/unknown'));
    await expect(client.jobs.start({ kind: 'predict', dataset: 1, model: 9 })).rejects.toEqual(code('model/not-found'));
  });

  test('a job that waits its turn is cancelled without having begun', async () => {
    const first = await client.jobs.start({ kind: 'import', folder: world.films });
    const second = await client.jobs.start({ kind: 'import', folder: world.films });
    await client.jobs.cancel(second);
    const find = async ({ id }: { readonly id: number }): Promise<JobView | undefined> =>
      (await client.jobs.list()).jobs.find((job) => job.id === id);
    expect(await find(second)).toMatchObject({ state: 'cancelled', outcome: 'Cancelled before it began.' });
    await expect.poll(async () => (await find(first))?.state, { timeout: 20_000 }).toBe('done');
    expect(await find(second)).toMatchObject({ state: 'cancelled' });
  });

  test('a job that fails says why', async () => {
    const job = await finish({ kind: 'import', folder: world.at('none') });
    expect(job.state).toBe('failed');
    expect(job.outcome).toContain('none');
  });

  test('every facet adds up to the list, whatever else narrows it', async () => {
    const { setups } = await client.overview();
    const of = (kind: string): number | undefined => setups.find((setup) => setup.kind === kind)?.id;
    await client.samples.tag({ tag: 'seen', samples: await client.samples.ids({ list: { dataset: 1 }, to: 4 }) });
    const list = { dataset: 1, prediction: of('prediction'), attribution: of('attribution') };
    for (const filter of [
      list,
      { ...list, label: ['nodule'] },
      { ...list, split: ['Test'], verdict: ['none' as const] },
    ]) {
      const { total } = await client.samples.page(filter);
      const sums = facetNames.map(async (facet) => {
        const counts = await client.samples.facet({ filter: { ...filter, [facet]: undefined }, facet });
        const own = facet === 'label' && 'label' in filter ? counts.filter(({ value }) => value === 'nodule') : counts;
        const kept = facet === 'split' && 'split' in filter ? own.filter(({ value }) => value === 'Test') : own;
        return [facet, kept.reduce((sum, { count }) => sum + count, 0)] as const;
      });
      for (const [facet, sum] of await Promise.all(sums)) {
        if (facet === 'mark') expect(sum).toBe(0);
        else if (facet !== 'tag') expect([facet, sum]).toEqual([facet, total]);
      }
      const { cells } = await client.samples.confusion({ ...filter, label: undefined });
      expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(
        (await client.samples.page({ ...filter, label: undefined })).total,
      );
    }
    expect(await client.samples.facet({ filter: list, facet: 'tag' })).toEqual([{ value: 'seen', count: 4 }]);
  });

  test('worst first: the wrong, surest first, then the right, least sure first; the reverse is its reverse', async () => {
    const { setups } = await client.overview();
    const list = {
      dataset: 1,
      prediction: setups.find(({ kind }) => kind === 'prediction')?.id,
      sort: 'worst' as const,
    };
    const { samples, total } = await client.samples.page(list);
    expect(samples).toHaveLength(total);
    const worth = samples.map(({ prediction }) => (prediction?.correct ? 1 : -1) * (prediction?.confidence ?? 0));
    expect(worth).toEqual(worth.toSorted((a, b) => a - b));
    const ids = samples.map(({ id }) => id);
    expect(await client.samples.ids({ list })).toEqual(ids);
    expect((await client.samples.page({ ...list, offset: 3, limit: 20 })).samples.map(({ id }) => id)).toEqual(
      ids.slice(3, 23),
    );
    expect(await client.samples.ids({ list: { ...list, descending: true } })).toEqual(ids.toReversed());
    await expect(client.samples.page({ dataset: 1, sort: 'worst' })).rejects.toEqual(code('request/invalid'));
  });

  test('a model tells what it eats, how it is built and how it does', async () => {
    const [model] = await client.models.list();
    expect(model).toMatchObject({ name: 'Narrow network', isThere: true, path: world.modelPath });
    const details = await client.models.describe({ id: model?.id ?? 0 });
    expect(details).toMatchObject({ hasManifest: true, recipe: { width: 32, height: 32, channels: 'rgb' } });
    expect(Object.keys(details.layers[0]?.rules ?? {})).toEqual(details.composites);
    const [sample = 0] = await client.samples.ids({ list: { dataset: 1 }, to: 1 });
    const input = await client.models.checkInput({ model: model?.id ?? 0, sample });
    expect(input.min).toBeGreaterThanOrEqual(input.black);
    expect(input.max).toBeLessThanOrEqual(input.white);
    const { setups } = await client.overview();
    const setup = setups.find(({ kind }) => kind === 'prediction')?.id ?? 0;
    const evaluation = await client.models.evaluate({ setup, dataset: 1 });
    const right = await client.samples.page({ dataset: 1, prediction: setup, correct: true });
    expect(evaluation).toMatchObject({ cases: 30, labels: ['effusion', 'nodule', 'normal'] });
    expect(evaluation.accuracy).toBeCloseTo(right.total / 30, 12);
    await expect(client.models.add({ path: world.at('none.onnx') })).rejects.toEqual(code('model/not-found'));
  });

  test('how a window was left is kept in the catalog', async () => {
    expect(await client.session.put({ name: 'window', state: { open: 3 } })).toEqual({ isKept: true });
    const other = openCatalog(path.resolve(world.catalog), { readonly: true });
    expect(other.sessions.find('window')).toEqual({ open: 3 });
    other.close();
  });
});
