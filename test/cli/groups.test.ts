import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatasetAudit } from '#shared/contract/dataset-audit.ts';
import type { GroupingView } from '#shared/contract/groups.ts';
import { createStudy, labels, writeModel, type Study } from '../workbench/small-study.ts';
import { runLightbox, type Finished } from './run-lightbox.ts';

let study: Study;
beforeAll(async () => {
  study = await createStudy();
  await writeModel(study.at('narrow.onnx'));
  const files = Array.from({ length: 36 }, (_, at): [string, number] => [`${labels[at % 3] ?? ''}/Doe-${at}.png`, at]);
  await study.write('noise', Object.fromEntries(files));
  await study.import('noise');
});
afterAll(() => study.remove());

const run = (...args: readonly string[]): Promise<Finished> => runLightbox([...args, '--catalog', study.catalog]);

test('audit-data prints a table for each class and all numbers as JSON, and names no file', async () => {
  const { code, stdout } = await run('audit-data', '--dataset', 'noise', '--out', study.at('audit'));
  expect(code).toBe(0);
  for (const label of labels) expect(stdout).toContain(`${label} (12 against 24)`);
  expect(stdout).toContain('border brightness');
  expect(stdout).not.toContain('Doe');
  const audit = JSON.parse((await run('audit-data', '--dataset', 'noise', '--json')).stdout) as DatasetAudit;
  expect(audit.classes.map(({ label }) => label)).toEqual(labels);
  expect(await readdir(study.at('audit'))).toContain('features.csv');
});

test('groups computes what is missing and tells of each group', async () => {
  const args = [
    'groups',
    '--dataset',
    'noise',
    '--model',
    study.at('narrow.onnx'),
    '--provider',
    'cpu',
    '--pictures',
    'all',
  ];
  const { code, stdout } = await run(...args, '--class', 'nodule', '--count', '3');
  expect(code).toBe(0);
  expect(stdout).toContain('36 maps of nodule');
  expect(stdout).toMatch(/\n +3 /);
  const view = JSON.parse((await run(...args, '--class', 'nodule', '--json')).stdout) as GroupingView;
  expect(view.points).toHaveLength(36);
  const refused = await run(...args, '--class', 'cat');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('"effusion"')]);
});
