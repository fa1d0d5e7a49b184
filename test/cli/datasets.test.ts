import { existsSync, readdirSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import type {
  AttributionReport,
  CatalogListing,
  DatasetJobReport,
  EvaluationReport,
  ImportReport,
} from '#core/workbench/index.ts';
import { createStudy, labels, writeModel, type Study } from '../workbench/small-study.ts';
import { projectFolder, runLightbox, type Finished } from './run-lightbox.ts';

let study: Study;
let model: string;
beforeAll(async () => {
  study = await createStudy();
  model = await writeModel(study.at('narrow.onnx'));
  await study.write('Lung films (2)', {
    ...{ 'Train/effusion/a.png': 1, 'Train/nodule/b.png': 2, 'Train/normal/c.png': 3 },
    ...{ 'Test/effusion/d.png': 4, 'Test/nodule/e.png': 5, 'Test/normal/f.png': 6, 'Test/normal/g.png': 'no picture' },
  });
  expect(await run('import', study.at('Lung films (2)'), '--name', 'lungs')).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => study.remove());

/** Runs a command on the study's catalog. */
const run = (...args: readonly string[]): Promise<Finished> => runLightbox([...args, '--catalog', study.catalog]);

/** Runs a command with --json that must end well. */
async function ask<Answer>(...args: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Answer;
}

const onLungs = (): readonly string[] => [
  '--model',
  model,
  '--dataset',
  'lungs',
  '--provider',
  'cpu',
  '--threads',
  '1',
];

describe('commands on datasets', () => {
  test.each(['import', 'predict', 'attribute', 'evaluate', 'samples', 'catalog'])(
    '%s --help ends well and has examples',
    async (command) => {
      const { code, stdout, stderr } = await runLightbox([command, '--help']);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(new RegExp(`Examples:\\n  lightbox ${command} `));
    },
  );

  test('import says what it found, and the second time that nothing changed', async () => {
    const again = await run('import', study.at('Lung films (2)'), '--name', 'lungs');
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(again.stdout).toContain('0 added, 0 changed, 7 as they were, 0 removed');
    expect(again.stdout).toMatch(/\nCannot be used: Test\/normal\/g\.png: [^\n]+\.\n/);
    expect(again.stdout).toMatch(/\nnodule +1 +1 +2\n/);
    const report = await ask<ImportReport>('import', study.at('Lung films (2)'), '--name', 'lungs');
    expect(report.samples).toEqual({ added: 0, changed: 0, unchanged: 7, removed: 0, changedMasks: 0 });
  });

  test('predict and attribute compute what is missing, once', async () => {
    const first = await ask<DatasetJobReport>('predict', ...onLungs(), '--split', 'Test');
    expect(first).toMatchObject({ dataset: 'lungs', computed: 3, failures: [], model: { file: 'narrow.onnx' } });
    expect(await ask('predict', ...onLungs())).toMatchObject({ computed: 3 });
    const last = await run('predict', ...onLungs());
    expect(last).toMatchObject({ code: 0, stderr: '' });
    expect(last.stdout).toMatch(/^lungs: nothing was missing in [\d.]+ s\n$/);
    const attribute = ['attribute', ...onLungs(), '--split', 'Test', '--composite', 'EpsilonPlus', '--target', 'label'];
    expect(await ask<AttributionReport[]>(...attribute)).toMatchObject([{ composite: 'EpsilonPlus', computed: 3 }]);
    expect((await run(...attribute)).stdout).toMatch(/^lungs with EpsilonPlus: nothing was missing/);
  });

  test('evaluate saves figure and tables, and prints the same numbers for people', async () => {
    const args = ['evaluate', ...onLungs(), '--resamples', '50', '--out', study.at('evaluation')];
    const report = await ask<EvaluationReport>(...args);
    expect(report).toMatchObject({ dataset: 'lungs', split: null, cases: 6, labels });
    expect(report.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(6);
    const saved = JSON.parse(await readFile(study.at('evaluation', 'evaluation.json'), 'utf8')) as EvaluationReport;
    expect(saved).toEqual(report);
    const { stdout } = await run(...args);
    expect(stdout).toContain(`\naccuracy`);
    expect(stdout).toContain(report.accuracy.toFixed(4));
    expect(stdout).toContain(`Saved in ${study.at('evaluation')}\n`);
  });

  test('samples draws a figure by its ending', async () => {
    for (const name of ['sheet.pdf', 'sheet.png', 'sheet.svg']) {
      const { code, stdout } = await run('samples', '--dataset', 'lungs', '--out', study.at('sheets', name));
      expect([code, stdout]).toEqual([
        0,
        `effusion: 2 of 2\nnodule: 2 of 2\nnormal: 2 of 3\nSaved ${study.at('sheets', name)}\n`,
      ]);
    }
    expect((await readFile(study.at('sheets/sheet.png'))).subarray(1, 4).toString()).toBe('PNG');
    expect(await readFile(study.at('sheets/sheet.svg'), 'utf8')).toContain('<svg');
  });

  test('catalog lists, checks, compacts, and makes a copy that opens', async () => {
    const listing = await ask<CatalogListing>('catalog', 'list');
    expect(listing.datasets).toMatchObject([
      { name: 'lungs', layout: 'folders', samples: 7, splits: ['Test', 'Train'] },
    ]);
    expect(listing.models).toMatchObject([{ file: 'narrow.onnx', title: 'Narrow network', labels }]);
    expect(new Set(listing.jobs.map(({ state }) => state))).toEqual(new Set(['done']));
    expect((await run('catalog', 'list')).stdout).toMatch(/\nlungs +folders +7 +Test, Train +\S/);
    expect(await run('catalog', 'check')).toEqual({ code: 0, stdout: 'The catalog is sound.\n', stderr: '' });
    expect(await run('catalog', 'compact')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^-?[\d.]+ MB freed\n$/) as string,
    });
    expect((await run('catalog', 'backup', study.at('copy.lightbox'))).code).toBe(0);
    const copy = await runLightbox(['catalog', 'list', '--json', '--catalog', study.at('copy.lightbox')]);
    const { file, ...content } = JSON.parse(copy.stdout) as CatalogListing;
    expect(file).toBe(study.at('copy.lightbox'));
    expect({ ...content, jobs: [] }).toEqual({ datasets: listing.datasets, models: listing.models, jobs: [] });
    expect(await runLightbox(['catalog', 'check', '--catalog', study.at('copy.lightbox')])).toMatchObject({ code: 0 });
  });

  test('a damaged catalog is called damaged, with exit code 1', async () => {
    expect((await run('catalog', 'backup', study.at('harmed.lightbox'))).code).toBe(0);
    const bytes = await readFile(study.at('harmed.lightbox'));
    await writeFile(study.at('harmed.lightbox'), bytes.fill(0x55, 8192, 40_000));
    const { code, stdout } = await runLightbox([
      'catalog',
      'check',
      '--json',
      '--catalog',
      study.at('harmed.lightbox'),
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ sound: false });
  });

  test('LIGHTBOX_CATALOG names the catalog where no option does', async () => {
    const { stdout } = await runLightbox(['catalog', 'list', '--json'], { env: { LIGHTBOX_CATALOG: study.catalog } });
    expect((JSON.parse(stdout) as CatalogListing).file).toBe(study.catalog);
  });
});

describe('what cannot be done is one sentence with its code', () => {
  beforeAll(async () => {
    await writeFile(study.at('text.lightbox'), 'dear diary, '.repeat(1000));
    await study.write('other', { 'x/a.png': 1, 'y/b.png': 2 });
    await study.write('bare', { 'notes.txt': 'nothing here' });
    openCatalog(study.at('newer.lightbox')).close();
    const newer = new Database(study.at('newer.lightbox'));
    newer.pragma('user_version = 999');
    newer.close();
    await copyFile(model, study.at('two.onnx'));
    await writeFile(
      study.at('two.manifest.json'),
      JSON.stringify({ input: { width: 32, height: 32 }, labels: ['x', 'y'] }),
    );
  });

  const lungs = ['--dataset', 'lungs'];
  test.each<[string, readonly string[], string]>([
    ['an unknown dataset', ['predict', '--model', '@narrow.onnx', '--dataset', 'hearts'], 'dataset/unknown'],
    ['an unknown split', ['evaluate', '--model', '@narrow.onnx', ...lungs, '--split', 'Val'], 'dataset/unknown'],
    ['an unknown split for a sheet', ['samples', ...lungs, '--split', 'Val', '--out', '@x.png'], 'dataset/unknown'],
    ['a model that is not there', ['predict', '--model', '@none.onnx', ...lungs], 'model/not-found'],
    ['a manifest that does not fit', ['predict', '--model', '@two.onnx', ...lungs], 'manifest/invalid'],
    ['labels that do not fit', ['predict', '--model', '@narrow.onnx', ...lungs, '--labels', 'a,b'], 'target/unknown'],
    ['a class nobody knows', ['attribute', '--model', '@narrow.onnx', ...lungs, '--target', 'cat'], 'target/unknown'],
    [
      'a composite nobody knows',
      ['attribute', '--model', '@narrow.onnx', ...lungs, '--composite', 'Cat'],
      'composite/invalid',
    ],
    ['a folder that is not there', ['import', '@nowhere'], 'dataset/not-found'],
    ['a file instead of a folder', ['import', '@narrow.onnx'], 'dataset/unreadable'],
    ['a folder without pictures', ['import', '@bare'], 'dataset/unrecognised'],
    ['a layout that does not fit', ['import', '@other', '--as', 'covid-qu-ex'], 'dataset/unrecognised'],
    ['a layout nobody knows', ['import', '@other', '--as', 'cats'], 'request/invalid'],
    ['a name of another folder', ['import', '@other', '--name', 'lungs'], 'request/invalid'],
    ['a recipe that is not there', ['import', '@other', '--recipe', '@none.json'], 'dataset/invalid-table'],
    ['a figure of another kind', ['samples', ...lungs, '--out', '@sheet.gif'], 'request/invalid'],
    [
      'a folder that cannot be made',
      ['evaluate', '--model', '@narrow.onnx', ...lungs, '--out', '@text.lightbox'],
      'output/not-writable',
    ],
    ['a catalog that is not there', ['catalog', 'list', '--catalog', '@none.lightbox'], 'catalog/not-found'],
    [
      'a sheet from a catalog that is not there',
      ['samples', ...lungs, '--out', '@x.png', '--catalog', '@none.lightbox'],
      'catalog/not-found',
    ],
    [
      'a deletion from no catalog',
      ['catalog', 'delete', 'x', '--yes', '--catalog', '@none.lightbox'],
      'catalog/not-found',
    ],
    ['a deletion of what is not there', ['catalog', 'delete', 'x', '--yes'], 'dataset/unknown'],
    ['a catalog of a newer version', ['catalog', 'list', '--catalog', '@newer.lightbox'], 'catalog/newer-version'],
    ['an import into a newer one', ['import', '@other', '--catalog', '@newer.lightbox'], 'catalog/newer-version'],
    ['a text for a catalog', ['catalog', 'check', '--catalog', '@text.lightbox'], 'catalog/unreadable'],
    ['an import into a text', ['import', '@other', '--catalog', '@text.lightbox'], 'catalog/unreadable'],
    ['a folder for a catalog', ['import', '@other', '--catalog', '@other'], 'catalog/unreadable'],
    ['a catalog below a file', ['import', '@other', '--catalog', '@narrow.onnx/c.lightbox'], 'output/not-writable'],
    ['a backup onto something', ['catalog', 'backup', '@text.lightbox'], 'request/invalid'],
    ['a job that is none', ['catalog', 'cancel', 'seven'], 'request/invalid'],
    ['a job that is not there', ['catalog', 'cancel', '4711'], 'request/invalid'],
    ['a job that has ended', ['catalog', 'cancel', '1'], 'request/invalid'],
  ])('%s', async (_, args, code) => {
    const placed = args.map((arg) => (arg.startsWith('@') ? study.at(arg.slice(1)) : arg));
    const catalog = args.includes('--catalog') ? [] : ['--catalog', study.catalog];
    const [people, programs] = await Promise.all([
      runLightbox([...placed, ...catalog]),
      runLightbox([...placed, ...catalog, '--json']),
    ]);
    expect(people.code).toBe(1);
    expect(people.stdout).toBe('');
    expect(people.stderr).toMatch(/^lightbox: [^\n]+ \[[\w/-]+\]\n$/);
    expect(people.stderr).toContain(`[${code}]`);
    expect([programs.code, programs.stderr]).toEqual([1, '']);
    const { error } = JSON.parse(programs.stdout) as { error: { code: string; message: string } };
    expect(people.stderr).toBe(`lightbox: ${error.message} [${error.code}]\n`);
  });

  test('and leaves the text as it was', async () => {
    expect(await readFile(study.at('text.lightbox'), 'utf8')).toBe('dear diary, '.repeat(1000));
    expect(await run('catalog', 'check')).toMatchObject({ code: 0 });
  });
});

const shared = path.join(projectFolder, '..', 'shared');
const data = (name: string): string => path.join(shared, 'data', name);

describe.skipIf(!existsSync(data('cxr')))('real pictures (needs ../shared/data)', () => {
  test.skipIf(!existsSync(path.join(shared, 'golden', 'resnet50_cxr')))(
    'a ResNet-50 on chest films is judged as by PyTorch (needs ../shared/golden)',
    async () => {
      const { samples, dataset } = await ask<ImportReport>('import', data('cxr'));
      expect([samples.added, dataset.layout]).toEqual([345, 'covid-qu-ex']);
      const classes = 'COVID-19,Non-COVID,Normal';
      const report = await ask<EvaluationReport>(
        ...['evaluate', '--model', path.join(shared, 'golden/resnet50_cxr/model.onnx'), '--dataset', 'cxr'],
        ...['--split', 'Test', '--labels', classes, '--no-intervals'],
      );
      expect(report.cases).toBe(225);
      expect(report.confusion).toEqual([
        [25, 0, 0],
        [8, 73, 19],
        [3, 10, 87],
      ]);
      expect(Math.abs((report.meanAuc ?? 0) - 0.9441)).toBeLessThan(0.002);
      expect(report.accuracy).toBeCloseTo(0.8222, 3);
    },
    300_000,
  );

  test('dermoscopy: pictures with their masks', async () => {
    const report = await ask<ImportReport>('import', data('dermoscopy'));
    const pictures = readdirSync(path.join(data('dermoscopy'), 'images'));
    expect(report.samples.added).toBe(21);
    expect(pictures).toHaveLength(21);
    expect(report.unreadable).toEqual([]);
    const masks = study.look((catalog) =>
      study
        .samples('dermoscopy')
        .flatMap(({ id }) => catalog.masks.list(id).map(({ kind, isEmpty }) => `${kind} ${String(isEmpty)}`)),
    );
    expect(masks).toEqual(Array.from({ length: 21 }, () => 'lesion false'));
  });

  test('DICOM: what has pixels is used, what is broken is named', async () => {
    const report = await ask<ImportReport>('import', data('dicom'));
    expect(report.dataset.layout).toBe('dicom');
    const samples = study.samples('dicom');
    expect(samples).toHaveLength(report.samples.added);
    const usable = samples.filter(({ unreadable }) => unreadable === undefined).map(({ path: name }) => name);
    for (const name of [
      'CT_small.dcm',
      'MR_small.dcm',
      'MR_small_RLE.dcm',
      'MR_small_jp2klossless.dcm',
      'chest_monochrome1.dcm',
    ])
      expect(usable).toContain(name);
    expect(usable).not.toContain('rtplan.dcm');
    expect(report.unreadable.map(({ path: name }) => name)).toContain('MR_truncated.dcm');
    for (const { reason } of report.unreadable) expect(reason).toMatch(/[.]$/);
    expect(await run('catalog', 'check')).toMatchObject({ code: 0 });
  });
});
