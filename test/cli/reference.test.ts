import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReferenceReport } from '#core/workbench/index.ts';
import { createStudy, writeModel, type Study } from '../workbench/small-study.ts';
import { runLightbox, type Finished } from './run-lightbox.ts';

let study: Study;
let model: string;
beforeAll(async () => {
  study = await createStudy();
  model = await writeModel(study.at('narrow.onnx'));
  await study.write('lungs', {
    ...{ 'Train/effusion/a.png': 1, 'Train/nodule/b.png': 2, 'Train/normal/c.png': 3 },
    ...{ 'Test/effusion/d.png': 4, 'Test/nodule/e.png': 5, 'Test/normal/f.png': 6 },
  });
  await study.import('lungs');
});
afterAll(() => study.remove());

const run = (...args: readonly string[]): Promise<Finished> => {
  const shared = ['--model', model, '--dataset', 'lungs', '--provider', 'cpu', '--threads', '1'];
  return runLightbox(['reference', ...shared, '--catalog', study.catalog, ...args]);
};

test('--help ends well and has examples', async () => {
  const { code, stdout } = await runLightbox(['reference', '--help']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/Examples:\n {2}lightbox reference /)]);
});

test('reads a split, then what is missing, and tells the highest concepts', async () => {
  const first = await run('--split', 'Train', '--layers', 'layer2.0.sum,fc', '--top', '2');
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(first.stdout).toMatch(/^layer +channel +mean +best +of class +strongest class +among top 5 there$/m);
  expect(first.stdout.match(/^layer2\.0\.sum +\d+ /gm)).toHaveLength(2);
  expect(first.stdout).toMatch(/lungs: 3 pictures read, 3 ranked in/);
  const { stdout } = await run('--layers', 'layer2.0.sum,fc', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ computed: 3, pictures: 6, split: null });
});

test('saves sheets, maps and JSON, and lists samples by what a concept carries', async () => {
  const named = ['--concept', 'layer2.0.sum:1', '--layers', 'layer2.0.sum,conv1', '--out', study.at('out')];
  const { code, stdout, stderr } = await run(...named, '--above', '-100', '--class', 'nodule');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/layer2\.0\.sum:1 is fed by conv1: \d/);
  expect(stdout).toMatch(/layer2\.0\.sum:1: 2 samples\nsample +class +split +share +logit\n/);
  expect(stdout).not.toMatch(/\b[a-f]\.png/);
  expect((await readdir(study.at('out'))).toSorted()).toEqual([
    ...['mean-map.layer2.0.sum.1.npy', 'mean-map.layer2.0.sum.1.png'],
    ...['reference.json', 'reference.layer2.0.sum.pdf', 'reference.layer2.0.sum.png', 'reference.layer2.0.sum.svg'],
  ]);
  const wanted = ['--rank-by', 'activation', '--sum', 'max', '--raw', '--per-class', '--json'];
  const report = JSON.parse((await run('--layers', 'fc', '--top', '1', ...wanted)).stdout) as ReferenceReport;
  expect(report.ranking).toEqual({ by: 'activation', sum: 'max', normalised: false });
  expect(report.concepts[0]?.classes.map(({ samples }) => samples?.length)).toEqual([2, 2, 2]);
});

test.each([
  [['--layers', 'layer2.0.sun'], 'nearest'],
  [['--concept', 'fc:3'], 'counted from 0 to 2'],
  [['--concept', 'fc'], 'LAYER:CHANNEL'],
  [['--above', 'much', '--concept', 'fc:1'], 'number from -100 to 100'],
  [['--above', '5'], 'LAYER:CHANNEL'],
  [['--sum', 'mean'], 'sum, max'],
])('%j ends in one sentence', async (args, sentence) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(sentence);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
