import { readdir, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkbench } from '#core/workbench/index.ts';
import { createModelStudy, drawFolders, type ModelStudy } from './model-study.ts';
import { createStudy, drawNoise, size } from './small-study.ts';

let study: ModelStudy;
beforeAll(async () => {
  study = await createModelStudy();
});
afterAll(() => study.remove());

describe('predicting a dataset', () => {
  it('computes what is missing: all, then nothing, then the picture that was added', async () => {
    const request = await study.importFolders('p1', { ...drawFolders(0), 'normal/broken.png': 'no picture' });
    const report = await study.workbench.predictDataset(request);
    expect(report).toMatchObject({
      dataset: 'p1',
      computed: 5,
      failures: [],
      warnings: [],
      model: { file: 'narrow.onnx' },
    });
    const before = study.predictions('p1');
    expect(before.map((found) => found.length)).toEqual([1, 1, 1, 0, 1, 1]);
    expect(await study.workbench.predictDataset(request)).toMatchObject({ computed: 0, failures: [] });
    await study.write('p1', { 'effusion/aa.png': 6 });
    await study.import('p1');
    expect(await study.workbench.predictDataset({ ...request, batchSize: 3 })).toMatchObject({ computed: 1 });
    const after = study.predictions('p1');
    expect(after.filter((_, index) => index !== 1)).toEqual(before);
  });

  it('computes a split, and the same whatever the batch', async () => {
    const files = Object.entries(drawFolders(20));
    const request = await study.importFolders('p2', {
      ...Object.fromEntries(files.map(([name, seed]) => [`train/${name}`, seed])),
      ...Object.fromEntries(files.map(([name, seed]) => [`test/${name}`, seed + 10])),
    });
    expect(await study.workbench.predictDataset({ ...request, split: 'test', batchSize: 2 })).toMatchObject({
      computed: 5,
    });
    const predicted = study.predictions('p2').map((found) => found.length);
    expect(predicted).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
    await expect(study.workbench.predictDataset({ ...request, split: 'valid' })).rejects.toMatchObject({
      code: 'dataset/unknown',
      message: 'The dataset "p2" has no split "valid"; it has the splits "test", "train".',
    });
  });

  it('takes a picture that stands twice for one', async () => {
    const shared = await drawNoise(40);
    const request = await study.importFolders('p3', {
      'nodule/a.png': shared,
      'nodule/b.png': shared,
      'normal/c.png': 41,
    });
    expect(await study.workbench.predictDataset(request)).toMatchObject({ computed: 2 });
    const [a, b, c] = study.predictions('p3');
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  });

  it('says of a picture that was replaced or is gone since, and keeps no result of it', async () => {
    const request = await study.importFolders('p4', drawFolders(50));
    await study.write('p4', { 'effusion/a.png': 99 });
    await rm(study.at('p4/nodule/c.png'));
    const report = await study.workbench.predictDataset(request);
    expect(report.computed).toBe(3);
    expect(report.failures.map(({ path, error }) => [path, error.code])).toEqual([
      ['effusion/a.png', 'picture/unreadable'],
      ['nodule/c.png', 'picture/not-found'],
    ]);
    expect(report.failures[0]?.error.message).toBe(
      '"effusion/a.png" is not the picture that was imported; import its folder again.',
    );
    expect(study.predictions('p4').map((found) => found.length)).toEqual([0, 1, 0, 1, 1]);
    await study.import('p4');
    expect(await study.workbench.predictDataset(request)).toMatchObject({ computed: 1, failures: [] });
  });

  it('forgets the result of a picture that was another one', async () => {
    const request = await study.importFolders('p5', { 'nodule/a.png': 60, 'normal/b.png': 61 });
    await study.workbench.predictDataset(request);
    const [a, b] = study.predictions('p5');
    await study.write('p5', { 'nodule/a.png': 62 });
    await study.import('p5');
    expect(study.predictions('p5')).toEqual([[], b]);
    await study.workbench.predictDataset(request);
    expect(study.predictions('p5')[0]).not.toEqual(a);
  });

  it('ends between two batches when it is cancelled, keeps what it had, and goes on from there', async () => {
    const request = await study.importFolders('p6', drawFolders(70));
    const other = await createStudy();
    try {
      await other.write('p6', drawFolders(70));
      await other.import('p6');
      const controller = new AbortController();
      const onProgress = (): void => {
        controller.abort();
      };
      const control = { signal: controller.signal, onProgress };
      const work = other.workbench.predictDataset({ ...request, batchSize: 2 }, control);
      await expect(work).rejects.toMatchObject({ code: 'job/cancelled' });
      expect((await other.workbench.listCatalog()).jobs[0]).toMatchObject({
        kind: 'predict',
        state: 'cancelled',
        done: 2,
      });
      const again = createWorkbench({ catalog: other.catalog, threads: 1 });
      expect(await again.predictDataset(request)).toMatchObject({ computed: 3 });
      await again.close();
    } finally {
      await other.remove();
    }
  });
});

describe('explaining a dataset', () => {
  it('computes what is missing, with its array, once', async () => {
    const request = await study.importFolders('a1', drawFolders(100));
    const [report, ...others] = await study.workbench.attributeDataset({
      ...request,
      composite: 'EpsilonPlus',
      batchSize: 2,
    });
    expect(report).toMatchObject({ dataset: 'a1', composite: 'EpsilonPlus', computed: 5, failures: [] });
    expect(others).toEqual([]);
    const before = study.attributions('a1');
    for (const [attribution] of before) {
      const array = await study.look((catalog) => catalog.arrays.load(attribution?.arraySha256 ?? ''));
      expect(array.shape).toEqual([size, size]);
      expect(array.values.some((value) => value !== 0)).toBe(true);
    }
    const arrays = await readdir(`${study.catalog}.arrays`, { recursive: true });
    expect(await study.workbench.attributeDataset({ ...request, composite: 'EpsilonPlus' })).toMatchObject([
      { computed: 0 },
    ]);
    expect(study.attributions('a1')).toEqual(before);
    expect(await readdir(`${study.catalog}.arrays`, { recursive: true })).toEqual(arrays);
  });

  it('has results of its own for each composite, target and start', async () => {
    const request = await study.importFolders('a2', { 'nodule/a.png': 110, 'normal/b.png': 111 });
    for (const more of [
      {},
      { target: 'nodule' },
      { target: 'nodule', initial: 'logit' as const },
      { composite: 'EpsilonPlus' },
    ])
      expect(await study.workbench.attributeDataset({ ...request, ...more })).toMatchObject([{ computed: 2 }]);
    const composites = await study.workbench.attributeDataset({ ...request, composite: 'all', target: '2' });
    expect(composites.length).toBeGreaterThan(5);
    expect(composites.every(({ computed }) => computed === 2)).toBe(true);
    expect(study.attributions('a2').map((found) => found.length)).toEqual([
      4 + composites.length,
      4 + composites.length,
    ]);
    expect((await study.workbench.checkCatalog()).findings).toEqual([]);
  });

  it("explains each picture for the dataset's own answer, and says of those whose answer the model does not have", async () => {
    const files = { ...drawFolders(120), 'cyst/x.png': 126 };
    const request = await study.importFolders('a3', files);
    const [report] = await study.workbench.attributeDataset({ ...request, target: 'label', batchSize: 4 });
    expect(report).toMatchObject({
      computed: 5,
      failures: [
        {
          path: 'cyst/x.png',
          error: { code: 'target/unknown', message: 'The model has no class "cyst" ("cyst/x.png").' },
        },
      ],
    });
    const targets = study.attributions('a3').map((found) => found.map(({ target }) => target));
    expect(targets).toEqual([[], [0], [0], [1], [2], [2]]);
    expect(await study.workbench.attributeDataset({ ...request, target: 'label' })).toMatchObject([{ computed: 0 }]);
    await expect(study.workbench.attributeDataset({ ...request, target: 'cyst' })).rejects.toMatchObject({
      code: 'target/unknown',
    });
  });

  it('explains a picture anew when its label was corrected, once, and where two of the same content disagree for the first', async () => {
    const shared = await drawNoise(192);
    const table = (label: string): string =>
      `image,label\na.png,${label}\nb.png,effusion\nc.png,nodule\nd.png,normal\n`;
    const pictures = { 'a.png': 190, 'b.png': 191, 'c.png': shared, 'd.png': shared };
    const request = await study.importFolders('a5', { 'labels.csv': table('normal'), ...pictures });
    const explain = async (): Promise<number | undefined> =>
      (await study.workbench.attributeDataset({ ...request, target: 'label' }))[0]?.computed;
    const targets = (): unknown => study.attributions('a5').map((found) => found.map(({ target }) => target));
    expect([await explain(), targets()]).toEqual([3, [[2], [0], [1], [1]]]);
    await study.write('a5', { 'labels.csv': table('nodule') });
    await study.import('a5');
    expect([await explain(), targets()]).toEqual([1, [[1], [0], [1], [1]]]);
    expect(await explain()).toBe(0);
  });

  it('keeps no result of a picture that was replaced', async () => {
    const request = await study.importFolders('a4', { 'nodule/a.png': 130, 'normal/b.png': 131 });
    await study.write('a4', { 'nodule/a.png': 132 });
    expect(await study.workbench.attributeDataset(request)).toMatchObject([
      { computed: 1, failures: [{ path: 'nodule/a.png', error: { code: 'picture/unreadable' } }] },
    ]);
    expect(study.attributions('a4').map((found) => found.length)).toEqual([0, 1]);
  });
});
