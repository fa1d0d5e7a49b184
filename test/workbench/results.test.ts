import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Setup } from '#core/catalog/index.ts';
import { createWorkbench, type EvaluationReport } from '#core/workbench/index.ts';
import { createStudy, drawNoise, labels, readCatalogBytes, size, writeModel, type Study } from './small-study.ts';

let study: Study;
let modelPath: string;
beforeAll(async () => {
  study = await createStudy();
  modelPath = await writeModel(study.at('narrow.onnx'));
});
afterAll(() => study.remove());

/** A dataset of its own for a test. */
async function importFolders(
  dataset: string,
  files: Readonly<Record<string, string | Uint8Array | number>>,
): Promise<{ readonly dataset: string; readonly modelPath: string; readonly provider: 'cpu' }> {
  await study.write(dataset, files);
  await study.import(dataset);
  return { dataset, modelPath, provider: 'cpu' };
}

const setups = (kind: Setup['kind']): readonly Setup[] =>
  study
    .look((catalog) => catalog.models.list().flatMap(({ id }) => catalog.setups.list(id)))
    .filter((setup) => setup.kind === kind);

/** What the catalog has computed for the samples of a dataset, by path. */
const predictionsOf = (dataset: string): readonly unknown[] =>
  study.look((catalog) =>
    study.samples(dataset).map(({ id }) => {
      const found = setups('prediction').flatMap((setup) => catalog.predictions.find(setup.id, id) ?? []);
      return found.map(({ predicted, logits }) => [predicted, ...logits]);
    }),
  );
const attributionsOf = (
  dataset: string,
): readonly (readonly { target: number; arraySha256: string; composite: string }[])[] =>
  study.look((catalog) => study.samples(dataset).map(({ id }) => catalog.attributions.list(id)));

const threeFolders = (offset: number): Readonly<Record<string, number>> => ({
  ...{ 'effusion/a.png': offset + 1, 'effusion/b.png': offset + 2, 'nodule/c.png': offset + 3 },
  ...{ 'normal/d.png': offset + 4, 'normal/e.png': offset + 5 },
});

describe('predicting a dataset', () => {
  it('computes what is missing: all, then nothing, then the picture that was added', async () => {
    const request = await importFolders('p1', { ...threeFolders(0), 'normal/broken.png': 'no picture' });
    const report = await study.workbench.predictDataset(request);
    expect(report).toMatchObject({
      dataset: 'p1',
      computed: 5,
      failures: [],
      warnings: [],
      model: { file: 'narrow.onnx' },
    });
    const before = predictionsOf('p1');
    expect(before.map((found) => (found as unknown[]).length)).toEqual([1, 1, 1, 0, 1, 1]);
    expect(await study.workbench.predictDataset(request)).toMatchObject({ computed: 0, failures: [] });
    await study.write('p1', { 'effusion/aa.png': 6 });
    await study.import('p1');
    expect(await study.workbench.predictDataset({ ...request, batchSize: 3 })).toMatchObject({ computed: 1 });
    const after = predictionsOf('p1');
    expect(after.filter((_, index) => index !== 1)).toEqual(before);
  });

  it('computes a split, and the same whatever the batch', async () => {
    const files = Object.entries(threeFolders(20));
    const request = await importFolders('p2', {
      ...Object.fromEntries(files.map(([name, seed]) => [`train/${name}`, seed])),
      ...Object.fromEntries(files.map(([name, seed]) => [`test/${name}`, seed + 10])),
    });
    expect(await study.workbench.predictDataset({ ...request, split: 'test', batchSize: 2 })).toMatchObject({
      computed: 5,
    });
    const predicted = predictionsOf('p2').map((found) => (found as unknown[]).length);
    expect(predicted).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
    await expect(study.workbench.predictDataset({ ...request, split: 'valid' })).rejects.toMatchObject({
      code: 'dataset/unknown',
      message: 'The dataset "p2" has no split "valid"; it has the splits "test", "train".',
    });
  });

  it('takes a picture that stands twice for one', async () => {
    const shared = await drawNoise(40);
    const request = await importFolders('p3', { 'nodule/a.png': shared, 'nodule/b.png': shared, 'normal/c.png': 41 });
    expect(await study.workbench.predictDataset(request)).toMatchObject({ computed: 2 });
    const [a, b, c] = predictionsOf('p3');
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  });

  it('says of a picture that was replaced or is gone since, and keeps no result of it', async () => {
    const request = await importFolders('p4', threeFolders(50));
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
    expect(predictionsOf('p4').map((found) => (found as unknown[]).length)).toEqual([0, 1, 0, 1, 1]);
    await study.import('p4');
    expect(await study.workbench.predictDataset(request)).toMatchObject({ computed: 1, failures: [] });
  });

  it('forgets the result of a picture that was another one', async () => {
    const request = await importFolders('p5', { 'nodule/a.png': 60, 'normal/b.png': 61 });
    await study.workbench.predictDataset(request);
    const [a, b] = predictionsOf('p5');
    await study.write('p5', { 'nodule/a.png': 62 });
    await study.import('p5');
    expect(predictionsOf('p5')).toEqual([[], b]);
    await study.workbench.predictDataset(request);
    expect(predictionsOf('p5')[0]).not.toEqual(a);
  });

  it('ends between two batches when it is cancelled, keeps what it had, and goes on from there', async () => {
    const request = await importFolders('p6', threeFolders(70));
    const other = await createStudy();
    try {
      await other.write('p6', threeFolders(70));
      await other.import('p6');
      const controller = new AbortController();
      const control = { signal: controller.signal, onProgress: (): void => void controller.abort() };
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
    const request = await importFolders('a1', threeFolders(100));
    const [report, ...others] = await study.workbench.attributeDataset({
      ...request,
      composite: 'EpsilonPlus',
      batchSize: 2,
    });
    expect(report).toMatchObject({ dataset: 'a1', composite: 'EpsilonPlus', computed: 5, failures: [] });
    expect(others).toEqual([]);
    const before = attributionsOf('a1');
    for (const [attribution] of before) {
      const array = await study.look((catalog) => catalog.arrays.load(attribution?.arraySha256 ?? ''));
      expect(array.shape).toEqual([size, size]);
      expect(array.values.some((value) => value !== 0)).toBe(true);
    }
    const arrays = await readdir(`${study.catalog}.arrays`, { recursive: true });
    expect(await study.workbench.attributeDataset({ ...request, composite: 'EpsilonPlus' })).toMatchObject([
      { computed: 0 },
    ]);
    expect(attributionsOf('a1')).toEqual(before);
    expect(await readdir(`${study.catalog}.arrays`, { recursive: true })).toEqual(arrays);
  });

  it('has results of its own for each composite, target and start', async () => {
    const request = await importFolders('a2', { 'nodule/a.png': 110, 'normal/b.png': 111 });
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
    expect(attributionsOf('a2').map((found) => found.length)).toEqual([4 + composites.length, 4 + composites.length]);
    expect((await study.workbench.checkCatalog()).findings).toEqual([]);
  });

  it("explains each picture for the dataset's own answer, and says of those whose answer the model does not have", async () => {
    const files = { ...threeFolders(120), 'cyst/x.png': 126 };
    const request = await importFolders('a3', files);
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
    const targets = attributionsOf('a3').map((found) => found.map(({ target }) => target));
    expect(targets).toEqual([[], [0], [0], [1], [2], [2]]);
    expect(await study.workbench.attributeDataset({ ...request, target: 'label' })).toMatchObject([{ computed: 0 }]);
    await expect(study.workbench.attributeDataset({ ...request, target: 'cyst' })).rejects.toMatchObject({
      code: 'target/unknown',
    });
  });

  it('keeps no result of a picture that was replaced', async () => {
    const request = await importFolders('a4', { 'nodule/a.png': 130, 'normal/b.png': 131 });
    await study.write('a4', { 'nodule/a.png': 132 });
    expect(await study.workbench.attributeDataset(request)).toMatchObject([
      { computed: 1, failures: [{ path: 'nodule/a.png', error: { code: 'picture/unreadable' } }] },
    ]);
    expect(attributionsOf('a4').map((found) => found.length)).toEqual([0, 1]);
  });
});

describe('evaluating a model', () => {
  const evaluate = (request: object): Promise<EvaluationReport> =>
    study.workbench.evaluateDataset({
      dataset: '',
      modelPath,
      provider: 'cpu',
      bootstrap: { resamples: 20, seed: 1 },
      ...request,
    });

  /** How often each class was predicted for each label, straight from the rows. */
  function countPlainly(dataset: string, split?: string): number[][] {
    const confusion = labels.map(() => labels.map(() => 0));
    const predictions = predictionsOf(dataset) as readonly (readonly number[][])[];
    study.samples(dataset).forEach((sample, at) => {
      const row = confusion[labels.indexOf(sample.label ?? '')];
      const predicted = predictions[at]?.[0]?.[0];
      if (sample.primaryId !== undefined || (split !== undefined && sample.split !== split)) return;
      if (row && predicted !== undefined) row[predicted] = (row[predicted] ?? 0) + 1;
    });
    return confusion;
  }

  it('predicts what is missing and counts every picture', async () => {
    const { dataset } = await importFolders('e1', threeFolders(200));
    const report = await evaluate({ dataset });
    expect(report).toMatchObject({
      dataset,
      split: null,
      cases: 5,
      labels,
      leftOut: { copies: 0, unlabelled: 0, failed: 0 },
    });
    expect(report.confusion).toEqual(countPlainly(dataset));
  });

  it('leaves out labels that are no class of the model, and says so', async () => {
    const { dataset } = await importFolders('e2', { ...threeFolders(210), 'cyst/x.png': 216, 'cyst/y.png': 217 });
    const report = await evaluate({ dataset });
    expect(report).toMatchObject({ cases: 5, leftOut: { unlabelled: 2 } });
    expect(report.warnings).toContain(
      '2 pictures have the label "cyst", which is no class of the model, and took no part.',
    );
    expect(report.confusion).toEqual(countPlainly(dataset));
  });

  it('takes names for the classes, and refuses a wrong number of them', async () => {
    const { dataset } = await importFolders('e3', { 'benign/a.png': 220, 'malignant/b.png': 221, 'other/c.png': 222 });
    await expect(evaluate({ dataset })).rejects.toMatchObject({
      code: 'request/invalid',
      message: expect.stringContaining('"benign", "malignant", "other"') as string,
    });
    await expect(evaluate({ dataset, labels: ['benign', 'malignant'] })).rejects.toMatchObject({
      code: 'target/unknown',
    });
    expect(await evaluate({ dataset, labels: ['other', 'malignant', 'benign'] })).toMatchObject({
      cases: 3,
      leftOut: { unlabelled: 0 },
    });
  });

  it('assumes ImageFolder order for a model without names, and says so', async () => {
    const unnamed = await writeModel(study.at('unnamed.onnx'), [], 5);
    const { dataset } = await importFolders('e4', { 'benign/a.png': 230, 'malignant/b.png': 231, 'Other/c.png': 232 });
    const report = await evaluate({ dataset, modelPath: unnamed });
    expect(report.labels).toEqual(['Other', 'benign', 'malignant']);
    expect(report.warnings.join('\n')).toContain('was assumed');
  });

  it('counts a picture once, but in every split that has it', async () => {
    const [shared, leaked] = [await drawNoise(240), await drawNoise(241)];
    const { dataset } = await importFolders('e5', {
      ...{ 'train/nodule/a.png': shared, 'train/nodule/b.png': shared, 'train/normal/c.png': leaked },
      ...{ 'valid/normal/d.png': leaked, 'valid/normal/dd.png': leaked, 'valid/nodule/e.png': 242 },
    });
    expect(await evaluate({ dataset })).toMatchObject({ cases: 3, leftOut: { copies: 3 } });
    expect(await evaluate({ dataset, split: 'train' })).toMatchObject({ cases: 2, leftOut: { copies: 1 } });
    expect(await evaluate({ dataset, split: 'valid' })).toMatchObject({ cases: 2, leftOut: { copies: 1 } });
  });

  it('counts the infection part of COVID-QU-Ex once, wherever its pictures stand in the lung part', async () => {
    const names = ['COVID-19', 'Non-COVID', 'Normal'];
    const [one, two] = [await drawNoise(250), await drawNoise(251)];
    const { dataset } = await importFolders('e6', {
      'Infection Segmentation Data/Test/COVID-19/images/covid_1.png': one,
      'Infection Segmentation Data/Test/COVID-19/images/covid_2.png': two,
      'Lung Segmentation Data/Test/COVID-19/images/covid_1.png': one,
      'Lung Segmentation Data/Train/COVID-19/images/covid_2.png': two,
      'Lung Segmentation Data/Test/Non-COVID/images/non_COVID (3).png': 252,
      'Lung Segmentation Data/Test/Normal/images/Normal (4).png': 253,
    });
    const report = await evaluate({ dataset, split: 'Test', labels: names });
    expect(report).toMatchObject({ cases: 3, leftOut: { copies: 2 } });
    expect(await evaluate({ dataset, labels: names })).toMatchObject({ cases: 4, leftOut: { copies: 2 } });
  });

  it('draws by patient where there are any, and saves nothing that names one', async () => {
    const rows = Object.entries(threeFolders(260)).map(
      ([name], at) => `${name},${name.split('/')[0] ?? ''},P-47${at % 3},PA`,
    );
    const files = { ...threeFolders(260), 'labels.csv': `image,label,patient,view\n${rows.join('\n')}\n` };
    const { dataset } = await importFolders('Doe-Jane', files);
    const outputFolder = study.at('evaluation');
    const report = await evaluate({ dataset, outputFolder });
    expect(report.intervals).toBeDefined();
    const saved = (await readdir(outputFolder)).sort();
    expect(saved).toEqual([
      ...['confusion.csv', 'evaluation.csv', 'evaluation.json', 'evaluation.png', 'evaluation.svg'],
      ...['predictions.csv', 'roc.csv'],
    ]);
    for (const name of saved) {
      const text = await readFile(study.at('evaluation', name), 'latin1');
      expect(text).not.toContain('P-47');
      expect(text).not.toContain('effusion/a');
    }
    expect(readCatalogBytes(study.catalog).includes('P-47')).toBe(false);
    const predictions = await readFile(study.at('evaluation/predictions.csv'), 'utf8');
    const hashes = study.samples(dataset).map(({ contentSha256 }) => contentSha256 ?? '');
    expect(
      predictions
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.slice(0, 64))
        .sort(),
    ).toEqual(hashes.sort());
  });

  it('of a dataset without labels says so', async () => {
    const { dataset } = await importFolders('e8', { 'a.png': 270, 'b.png': 271 });
    await expect(evaluate({ dataset })).rejects.toMatchObject({
      code: 'request/invalid',
      message: expect.stringContaining('has no labels here') as string,
    });
  });
});

describe('a sheet of samples', () => {
  const draw = async (dataset: string, seed: number): Promise<string> => {
    const outputFile = study.at(`sheet-${seed}.svg`);
    await study.workbench.saveDatasetSheet({ dataset, perClass: 2, seed, outputFile });
    // The moment it was drawn at stands in it.
    return (await readFile(outputFile, 'utf8')).replaceAll(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, '');
  };

  it('shows the same pictures for the same seed, others for another', async () => {
    const files = Array.from(
      { length: 24 },
      (_, at) => [`${at % 2 ? 'nodule' : 'normal'}/${at}.png`, 300 + at] as const,
    );
    const { dataset } = await importFolders('s1', Object.fromEntries(files));
    const sheet = await draw(dataset, 7);
    expect(await draw(dataset, 7)).toBe(sheet);
    expect(await draw(dataset, 8)).not.toBe(sheet);
    expect(sheet).not.toContain('.png');
  });

  it('counts what there is and passes over what cannot be shown', async () => {
    const shared = await drawNoise(330);
    const { dataset } = await importFolders('s2', {
      ...{ 'nodule/a.png': shared, 'nodule/b.png': shared, 'nodule/c.png': 331 },
      ...{ 'normal/d.png': 'no picture', 'normal/e.png': 332, 'normal/f.png': 333 },
    });
    await rm(study.at('s2/normal/f.png'));
    const report = await study.workbench.saveDatasetSheet({ dataset, outputFile: study.at('sheet.png') });
    expect(report.classes).toEqual([
      { label: 'nodule', count: 2, shown: 2 },
      { label: 'normal', count: 3, shown: 1 },
    ]);
    await writeFile(study.at('file'), '');
    await expect(
      study.workbench.saveDatasetSheet({ dataset, outputFile: study.at('file/sheet.png') }),
    ).rejects.toMatchObject({ code: 'output/not-writable' });
  });
});
