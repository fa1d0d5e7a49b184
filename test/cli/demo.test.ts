import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createWorkbench, type DemoReport, type EvaluationReport } from '#core/workbench/index.ts';
import { projectFolder, runLightbox, type Finished } from './run-lightbox.ts';

let folder: string;
let catalog: string;
let first: Finished;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'lightbox-demo-')));
  catalog = path.join(folder, 'new', 'demo.lightbox');
  first = await run('demo');
}, 240_000);
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: readonly string[]): Promise<Finished> => runLightbox([...args, '--catalog', catalog]);

async function ask<Answer>(...args: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Answer;
}

describe('lightbox demo', () => {
  test('fills a catalog, says with what, and what to do next', () => {
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^demo-chest: 60 pictures, 60 new\. .*L marker mostly meant Non-COVID\.\n/);
    expect(first.stdout).toMatch(/\ndemo-skin: 60 pictures, 60 new\. .*violet ink mostly meant malignant\.\n/);
    expect(first.stdout).toMatch(/\nnetworks\/chest-vgg16-biased\.onnx +60 +9\n/);
    expect(first.stdout).toMatch(/\nnetworks\/chest-resnet50-clean\.onnx +60 +9\n/);
    expect(first.stdout).toMatch(/\nnetworks\/skin-vgg16-clean\.onnx +60 +6\n/);
    expect(first.stdout).toMatch(/\nnetworks\/skin-resnet50-biased\.onnx +60 +6\n/);
    expect(first.stdout).toContain(`--catalog ${catalog}`);
  });

  test('can be followed by the commands it names', async () => {
    const [, named = ''] = /\n {2}lightbox (samples [^\n]+)\n/.exec(first.stdout) ?? [];
    const words = named.split(' ').map((word) => word.replace('demo-samples.png', path.join(folder, 'sheet.png')));
    expect(await runLightbox(words)).toMatchObject({ code: 0, stderr: '' });
    const evaluations = Array.from(
      first.stdout.matchAll(/\n {2}lightbox (evaluate [^\n]+)/g),
      ([, words = '']) => words,
    );
    expect(evaluations).toHaveLength(2);
    const reports: EvaluationReport[] = [];
    for (const command of evaluations) {
      const { code, stdout } = await runLightbox([
        ...command.split(' '),
        '--json',
        '--no-intervals',
        '--provider',
        'cpu',
      ]);
      expect(code).toBe(0);
      reports.push(JSON.parse(stdout) as EvaluationReport);
    }
    const [biased, clean] = reports.map(({ accuracy }) => accuracy);
    expect(biased).toBeLessThan(clean ?? NaN);
  });

  test('leaves heatmaps of the same pictures for the biased network and its twin', () => {
    const opened = openCatalog(catalog, { readonly: true });
    try {
      const counts = opened.datasets.list().map(({ name, id }) => [name, opened.samples.count({ dataset: id })]);
      expect(Object.fromEntries(counts)).toEqual({ 'demo-chest': 60, 'demo-skin': 60 });
      expect(opened.models.list()).toHaveLength(8);
      expect(opened.jobs.list().every(({ state }) => state === 'done')).toBe(true);
    } finally {
      opened.close();
    }
  });

  test('adds nothing the second time', async () => {
    const { datasets } = await ask<DemoReport>('demo');
    expect(datasets.map(({ pictures, added }) => [pictures, added])).toEqual([
      [60, 0],
      [60, 0],
    ]);
    const results = datasets.flatMap(({ networks }) =>
      networks.flatMap(({ predicted, explained }) => [predicted, explained]),
    );
    expect(results).toHaveLength(16);
    expect(new Set(results)).toEqual(new Set([0]));
  });

  test('says what is missing, and changes nothing', async () => {
    const workbench = createWorkbench({ catalog: path.join(folder, 'other.lightbox'), threads: 1 });
    try {
      await cp(path.join(projectFolder, 'models', 'demo', 'chest'), path.join(folder, 'half', 'demo', 'chest'), {
        recursive: true,
      });
      await expect(workbench.fillDemo({ folder: path.join(folder, 'half') })).rejects.toMatchObject({
        code: 'dataset/not-found',
        message: expect.stringMatching(
          /^The demo needs ".*chest-vgg16-biased\.onnx", which is not there; install it again\.$/,
        ) as string,
      });
      expect((await workbench.listCatalog()).datasets).toEqual([]);
    } finally {
      await workbench.close();
    }
  });

  test('does not touch a dataset of its name that is of another folder', async () => {
    const other = path.join(folder, 'taken.lightbox');
    const pictures = path.join(projectFolder, 'models', 'demo', 'pictures');
    const imported = await runLightbox(['import', pictures, '--name', 'demo-skin', '--catalog', other]);
    expect(imported.code).toBe(0);
    const { code, stderr } = await runLightbox(['demo', '--catalog', other]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^lightbox: The catalog has a dataset "demo-skin" already, [^\n]+\[request\/invalid\]\n$/);
  });

  test('--help ends well and has examples', async () => {
    const { code, stdout, stderr } = await runLightbox(['demo', '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Examples:\n  lightbox demo\n');
  });
});
