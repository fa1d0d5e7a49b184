import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import type { contract } from '#shared/contract/contract.ts';
import type { SampleList } from '#shared/contract/samples.ts';
import { createLabelledWorld, fillCatalog, type LabelledWorld } from '../web/labelled-world.ts';

/** What a reader who reads before the models is told, and when; and the queues readers read. */

let world: LabelledWorld;
let workbench: Workbench;
let client: ContractRouterClient<typeof contract>;
let list: SampleList;
beforeAll(async () => {
  world = await createLabelledWorld(4);
  await fillCatalog(world);
  workbench = createWorkbench({ catalog: world.catalog });
  client = createRouterClient(workbench.viewer.router);
  const { setups } = await client.overview();
  const of = (kind: string): number | undefined => setups.find((setup) => setup.kind === kind)?.id;
  list = { dataset: 1, prediction: of('prediction'), attribution: of('attribution'), reader: 'A', firstReading: true };
});
afterAll(async () => {
  await workbench.close();
  await world.remove();
});

const code = (name: string): unknown =>
  expect.objectContaining({ data: expect.objectContaining({ code: name }) as unknown });
const sumOf = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);

test('before the first answer is locked nothing is told: no label, no prediction, no heatmap, no facet, no cell, no order', async () => {
  const { total, samples } = await client.samples.page(list);
  expect(total).toBe(24);
  for (const { label, prediction, attribution } of samples)
    expect([label, prediction, attribution]).toEqual([undefined, undefined, undefined]);
  for (const facet of ['label', 'predicted', 'correct', 'confidence', 'heatmap'] as const)
    expect(await client.samples.facet({ filter: list, facet })).toEqual([]);
  expect(await client.samples.confusion(list)).toEqual({ cells: [] });
  const ids = await client.samples.ids({ list });
  for (const sort of ['confidence', 'worst', 'sum'] as const)
    expect(await client.samples.ids({ list: { ...list, sort } })).toEqual(ids);
  expect(await client.samples.ids({ list: { ...list, label: ['normal'] } })).toEqual([]);
  expect(await client.samples.ids({ list: { ...list, predicted: [0, 1, 2] } })).toEqual([]);
});

test('an answer needs a verdict to be locked, then stands, and its case alone is told', async () => {
  const [sample = 0, other = 0] = await client.samples.ids({ list });
  const answer = { sample, author: 'A', verdict: 'clean', note: '' } as const;
  await expect(client.reviews.lock({ sample, author: 'A' })).rejects.toEqual(code('request/invalid'));
  await client.reviews.put(answer);
  expect((await client.samples.page(list)).samples[0]?.label).toBeUndefined();
  await client.reviews.lock({ sample, author: 'A' });
  await expect(client.reviews.put({ ...answer, verdict: 'suspicious' })).rejects.toEqual(code('request/invalid'));
  await expect(client.reviews.put({ ...answer, verdict: undefined })).rejects.toEqual(code('request/invalid'));
  const [first, second] = (await client.samples.page(list)).samples;
  expect(first).toMatchObject({ id: sample, label: 'effusion', prediction: {} });
  expect(second).toMatchObject({ id: other, label: undefined, prediction: undefined });
  for (const facet of ['label', 'predicted', 'confidence'] as const)
    expect(sumOf(await client.samples.facet({ filter: list, facet }))).toBe(1);
  expect(sumOf((await client.samples.confusion(list)).cells)).toBe(1);
  const another = { ...list, reader: 'B' };
  expect((await client.samples.page(another)).samples[0]?.label).toBeUndefined();
  await client.reviews.lookAgain({ sample, author: 'A', opinion: 'agree' });
  await client.reviews.lookAgain({ sample, author: 'A', opinion: 'wrong-reason', verdict: 'suspicious' });
  expect((await client.reviews.secondLooks({ sample })).map(({ opinion }) => opinion)).toEqual([
    'agree',
    'wrong-reason',
  ]);
  expect(await client.reviews.list({ sample })).toMatchObject([{ author: 'A', verdict: 'clean' }]);
});

test('verdicts are counted and filtered by reader', async () => {
  const [, sample = 0] = await client.samples.ids({ list });
  await client.reviews.put({ sample, author: 'B', verdict: 'suspicious', note: '' });
  const count = async (reader: string | undefined): Promise<object> =>
    Object.fromEntries(
      (await client.samples.facet({ filter: { dataset: 1, reader }, facet: 'verdict' })).map(({ value, count }) => [
        value,
        count,
      ]),
    );
  expect(await count('A')).toEqual({ clean: 1, none: 23 });
  expect(await count('B')).toEqual({ suspicious: 1, none: 23 });
  expect(await count(undefined)).toEqual({ clean: 1, suspicious: 1, none: 22 });
  expect(await client.samples.ids({ list: { dataset: 1, reader: 'B', verdict: ['suspicious'] } })).toEqual([sample]);
  expect(await client.samples.ids({ list: { dataset: 1, reader: 'A', verdict: ['suspicious'] } })).toEqual([]);
});

test('a queue is drawn by its seed, as many of each class, and read on where it was left', async () => {
  const draw = { from: list, count: 9, seed: 7, balanced: true };
  const { id, count } = await client.queues.draw({ ...draw, name: 'nine' });
  expect(count).toBe(9);
  const queue = { ...list, queue: id };
  const ids = await client.samples.ids({ list: queue });
  const again = await client.queues.draw({ ...draw, name: 'the same' });
  expect(await client.samples.ids({ list: { ...list, queue: again.id } })).toEqual(ids);
  const labels = (await client.samples.page({ dataset: 1, queue: id })).samples.map(({ label }) => label);
  for (const label of ['effusion', 'nodule', 'normal']) expect(labels.filter((one) => one === label)).toHaveLength(3);
  expect(labels).not.toEqual(labels.toSorted());
  const fresh = ids.filter((sample) => sample !== 1);
  for (const sample of fresh.slice(0, 3)) {
    await client.reviews.put({ sample, author: 'C', verdict: 'unsure', note: '' });
    await client.reviews.lock({ sample, author: 'C' });
  }
  const open = { list: queue, author: 'C', untilLocked: true, place: 10 ** 9 };
  const { place = -1 } = await client.reviews.open(open);
  expect(ids[place]).toBe(ids.find((sample) => !fresh.slice(0, 3).includes(sample)));
  const by = { dataset: 1, reader: 'C', firstReading: true };
  expect(await client.queues.list(by)).toMatchObject([
    { name: 'nine', count: 9, done: 3, seed: 7, balanced: true },
    {},
  ]);
  await expect(client.queues.draw({ ...draw, name: 'nine' })).rejects.toEqual(code('request/invalid'));
  await client.queues.delete({ id: again.id });
  expect(await client.queues.list(by)).toHaveLength(1);
});
