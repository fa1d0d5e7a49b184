import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import type { contract } from '#shared/contract/contract.ts';

/** What the window is told of marks and reviews, and what comes of what it asks for. */

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'lightbox-marks-')));
const file = path.join(folder, 'study.catalog');
const shape = { form: 'rectangle', left: 1, top: 2, width: 3, height: 4 } as const;

let workbench: Workbench;
beforeAll(() => {
  const catalog = openCatalog(file);
  const dataset = catalog.datasets.insert({ name: 'lungs', folder, layout: 'folders', profile: 'basic', recipe: {} });
  const sample = (name: string): Parameters<typeof catalog.samples.insertAll>[1][number] => ({
    ...{ path: name, contentSha256: name.repeat(64), bytes: 1, mtimeMs: 1, width: 64, height: 48 },
    ...{ masks: [], metadata: {} },
  });
  catalog.samples.insertAll(dataset.id, ['a', 'b', 'c'].map(sample));
  catalog.marks.insert({ sampleId: 3, kind: 'spline', shape: { spline: [] }, author: 'X' });
  catalog.close();
  workbench = createWorkbench({ catalog: file });
});
afterAll(async () => {
  await workbench.close();
  rmSync(folder, { recursive: true });
});

const client = (): ContractRouterClient<typeof contract> => createRouterClient(workbench.viewer.router);

test('marks are drawn, changed and removed', async () => {
  const { marks } = client();
  const drawn = await marks.insert({ sample: 1, kind: 'hair', shape, author: ' A ', note: '' });
  expect(drawn).toMatchObject({ kind: 'hair', shape, author: 'A', note: '' });
  expect(await marks.list({ sample: 1 })).toEqual([drawn]);
  const moved = { ...shape, left: 9 };
  expect(await marks.update({ id: drawn.id, shape: moved })).toEqual({ ...drawn, shape: moved });
  expect(await marks.update({ id: drawn.id, kind: 'ink', note: 'n' })).toMatchObject({
    kind: 'ink',
    note: 'n',
    shape: moved,
  });
  await marks.delete({ id: drawn.id });
  expect(await marks.list({ sample: 1 })).toEqual([]);
  await expect(marks.delete({ id: drawn.id })).rejects.toMatchObject({ data: { code: 'request/invalid' } });
});

test('a shape of another program is a sentence, and none gets in', async () => {
  const [foreign] = await client().marks.list({ sample: 3 });
  expect(foreign).toMatchObject({ kind: 'spline', fault: expect.stringContaining('cannot show') as string });
  expect(foreign?.shape).toBeUndefined();
  const bad = { sample: 1, kind: 'hair', author: 'A', note: '', shape: { ...shape, width: -1 } };
  await expect(client().marks.insert(bad)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('a review is kept by reader; with neither verdict nor note it is none', async () => {
  const { reviews } = client();
  await reviews.put({ sample: 1, author: 'A', verdict: 'unsure', note: '' });
  await reviews.put({ sample: 1, author: 'B', note: 'look again' });
  expect(await reviews.list({ sample: 1 })).toEqual([
    { author: 'A', verdict: 'unsure', note: '' },
    { author: 'B', verdict: undefined, note: 'look again' },
  ]);
  expect(await reviews.open({ list: { dataset: 1 }, author: 'A', place: 2 })).toEqual({ place: 1 });
  expect(await reviews.open({ list: { dataset: 1 }, author: 'B', place: 2 })).toEqual({ place: 0 });
  expect(await reviews.open({ list: { dataset: 1, text: 'a' }, author: 'A', place: 0 })).toEqual({});
  await reviews.put({ sample: 1, author: 'A', note: '' });
  expect((await reviews.list({ sample: 1 })).map(({ author }) => author)).toEqual(['B']);
});

test('the reader is remembered, and is Reader 1 before, or where the row cannot be understood', async () => {
  const { reader } = client();
  expect(await reader.get()).toEqual({ name: 'Reader 1', advances: false, readsFirst: false });
  await reader.put({ name: 'Dr A', advances: true, readsFirst: false });
  expect(await reader.get()).toEqual({ name: 'Dr A', advances: true, readsFirst: false });
  const other = openCatalog(file);
  other.sessions.put('reader', { name: 7 });
  other.close();
  expect(await reader.get()).toMatchObject({ name: 'Reader 1' });
});

test('what is exported is taken back in', async () => {
  const { marks } = client();
  const { id } = await marks.insert({ sample: 2, kind: 'ink', shape, author: 'A', note: '' });
  const document = await marks.export({ dataset: 'lungs' });
  await marks.delete({ id });
  expect(await marks.import(document)).toEqual({ marks: 1, reviews: 0, known: 1, missing: 0 });
  expect(await marks.list({ sample: 2 })).toMatchObject([{ kind: 'ink', shape, author: 'A' }]);
  await expect(marks.export({ dataset: 'hearts' })).rejects.toMatchObject({ data: { code: 'dataset/unknown' } });
});
