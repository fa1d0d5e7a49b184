import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, readFile, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatasetJobReport, ImportReport } from '#core/workbench/index.ts';
import { projectFolder, runLightbox } from '../cli/run-lightbox.ts';

/** Python is needed only to train. LIGHTBOX_PYTHON names one with the packages of models/training/requirements.txt. */
const python = process.env['LIGHTBOX_PYTHON'] ?? 'python3';
const training = path.join(projectFolder, 'models', 'training');
const has = (modules: string): boolean => spawnSync(python, ['-c', `import ${modules}`]).status === 0;
const canDraw = has('numpy, PIL');
const canTrain = canDraw && has('torch, onnx, onnxscript');

/** Runs a script of models/training. */
function run(script: string, ...args: readonly string[]): SpawnSyncReturns<string> {
  const env = { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1', PYTHONWARNINGS: 'ignore' };
  return spawnSync(python, [script, ...args], { cwd: training, env, encoding: 'utf8' });
}

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'lightbox-training-')));
});
afterAll(() => rm(folder, { recursive: true }));
const at = (...parts: string[]): string => path.join(folder, ...parts);

async function ask<Answer>(...args: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await runLightbox([...args, '--catalog', at('study.lightbox'), '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Answer;
}

const domains = [
  { domain: 'chest', layout: 'covid-qu-ex', classes: 3, network: 'resnet50' },
  { domain: 'skin', layout: 'siim-isic', classes: 2, network: 'vgg16_bn' },
];

describe.skipIf(!canDraw)(`phantoms${canDraw ? '' : `, skipped: ${python} has no NumPy and Pillow`}`, () => {
  test.each(domains)(
    'of the $domain are imported as $layout, with their masks',
    async ({ domain, layout, classes }) => {
      const drawn = run('-m', 'phantoms', domain, '--out', at(domain), '--count', '12', '--seed', '3');
      expect([drawn.status, drawn.stderr]).toEqual([0, '']);
      const report = await ask<ImportReport>('import', at(domain), '--name', domain);
      expect(report.dataset.layout).toBe(layout);
      expect([report.samples.added, report.unreadable]).toEqual([12, []]);
      expect(report.summary.tables[0]?.labels).toHaveLength(classes);
      const kinds = await listMaskFolders(at(domain));
      expect(kinds).toContain(domain === 'chest' ? 'lung masks' : 'lesion masks');
      expect(kinds).toContain(domain === 'chest' ? 'left-marker masks' : 'ink masks');
    },
  );
});

async function listMaskFolders(place: string): Promise<readonly string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

describe.skipIf(!canTrain)(`training${canTrain ? '' : `, skipped: ${python} has no PyTorch and ONNX`}`, () => {
  test.each(domains)(
    'on $domain phantoms makes a $network that the workbench runs',
    async ({ domain, classes, network }) => {
      const out = at('networks', `${domain}.onnx`);
      const size = ['--width', '2', '--side', '64', '--epochs', '1', '--batch', '4', '--threads', '1'];
      const trained = run('train.py', at(domain), '--network', network, ...size, '--out', out);
      expect(trained.status, trained.stderr).toBe(0);
      expect(trained.stdout).toMatch(/mean (?:0\.\d+|1\.0000|nan) on \d+ test pictures\n$/);
      const report = await ask<DatasetJobReport>('predict', '--model', out, '--dataset', domain, '--provider', 'cpu');
      expect(report).toMatchObject({ computed: 12, failures: [], warnings: [] });
      const manifest = JSON.parse(await readFile(at('networks', `${domain}.manifest.json`), 'utf8')) as {
        labels: string[];
      };
      expect(manifest.labels).toHaveLength(classes);
    },
    120_000,
  );

  test('of an empty folder says so in one sentence', () => {
    mkdirSync(at('empty'));
    const failed = run('train.py', at('empty'), '--network', 'vgg16', '--out', at('x.onnx'));
    expect(failed.status).toBe(1);
    expect(failed.stderr).toMatch(
      /^train: [^\n]+ holds no pictures in the layout of COVID-QU-Ex or of SIIM-ISIC[^\n]+\.\n$/,
    );
  });
});
