import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationReport } from '#core/workbench/index.ts';
import { createModelStudy, drawFolders, type ModelStudy } from './model-study.ts';
import { drawNoise, labels, readCatalogBytes, writeModel } from './small-study.ts';

let study: ModelStudy;
beforeAll(async () => {
  study = await createModelStudy();
});
afterAll(() => study.remove());

describe('evaluating a model', () => {
  const evaluate = (request: object): Promise<EvaluationReport> =>
    study.workbench.evaluateDataset({
      dataset: '',
      modelPath: study.modelPath,
      provider: 'cpu',
      bootstrap: { resamples: 20, seed: 1 },
      ...request,
    });

  /** How often each class was predicted for each label, straight from the rows. */
  function countPlainly(dataset: string, split?: string): number[][] {
    const confusion = labels.map(() => labels.map(() => 0));
    const predictions = study.predictions(dataset);
    study.samples(dataset).forEach((sample, at) => {
      const row = confusion[labels.indexOf(sample.label ?? '')];
      const predicted = predictions[at]?.[0]?.[0];
      if (sample.primaryId !== undefined || (split !== undefined && sample.split !== split)) return;
      if (row && predicted !== undefined) row[predicted] = (row[predicted] ?? 0) + 1;
    });
    return confusion;
  }

  it('predicts what is missing and counts every picture', async () => {
    const { dataset } = await study.importFolders('e1', drawFolders(200));
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
    const { dataset } = await study.importFolders('e2', { ...drawFolders(210), 'cyst/x.png': 216, 'cyst/y.png': 217 });
    const report = await evaluate({ dataset });
    expect(report).toMatchObject({ cases: 5, leftOut: { unlabelled: 2 } });
    expect(report.warnings).toContain(
      '2 pictures have the label "cyst", which is no class of the model, and took no part.',
    );
    expect(report.confusion).toEqual(countPlainly(dataset));
  });

  it('takes names for the classes, and refuses a wrong number of them', async () => {
    const { dataset } = await study.importFolders('e3', {
      'benign/a.png': 220,
      'malignant/b.png': 221,
      'other/c.png': 222,
    });
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
    const { dataset } = await study.importFolders('e4', {
      'benign/a.png': 230,
      'malignant/b.png': 231,
      'Other/c.png': 232,
    });
    const report = await evaluate({ dataset, modelPath: unnamed });
    expect(report.labels).toEqual(['Other', 'benign', 'malignant']);
    expect(report.warnings.join('\n')).toContain('was assumed');
  });

  it('counts a picture once, but in every split that has it', async () => {
    const [shared, leaked] = [await drawNoise(240), await drawNoise(241)];
    const { dataset } = await study.importFolders('e5', {
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
    const { dataset } = await study.importFolders('e6', {
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
    const rows = Object.entries(drawFolders(260)).map(
      ([name], at) => `${name},${name.split('/')[0] ?? ''},P-47${at % 3},PA`,
    );
    const files = { ...drawFolders(260), 'labels.csv': `image,label,patient,view\n${rows.join('\n')}\n` };
    const { dataset } = await study.importFolders('Doe-Jane', files);
    const outputFolder = study.at('evaluation');
    const report = await evaluate({ dataset, outputFolder });
    expect(report.intervals).toBeDefined();
    const saved = (await readdir(outputFolder)).sort();
    expect(saved).toEqual([
      ...['confusion.csv', 'evaluation.csv', 'evaluation.json', 'evaluation.pdf', 'evaluation.png', 'evaluation.svg'],
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
    const { dataset } = await study.importFolders('e8', { 'a.png': 270, 'b.png': 271 });
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
    const { dataset } = await study.importFolders('s1', Object.fromEntries(files));
    const sheet = await draw(dataset, 7);
    expect(await draw(dataset, 7)).toBe(sheet);
    expect(await draw(dataset, 8)).not.toBe(sheet);
    expect(sheet).not.toContain('.png');
  });

  it('counts what there is and passes over what cannot be shown', async () => {
    const shared = await drawNoise(330);
    const { dataset } = await study.importFolders('s2', {
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
