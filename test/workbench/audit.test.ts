import { cp, mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import { layOutFilms, letter, phantomModel as modelPath, phantomPictures as pictures } from './phantom-films.ts';

const golden = path.resolve(import.meta.dirname, '..', '..', '..', 'shared', 'golden', 'resnet50_cxr');

let folder = '';
let workbench: Workbench;
const at = (...parts: string[]): string => path.join(folder, ...parts);

beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'audit-')));
  await layOutFilms(at('films'));
  workbench = createWorkbench({ catalog: at('catalog.db'), threads: 1 });
  await workbench.importDataset({ folder: at('films'), name: 'films', profile: 'none' });
}, 60_000);

afterAll(async () => {
  await workbench.close();
  await rm(folder, { recursive: true });
});

/** Every file of a folder must be free of the name planted in paths. */
async function expectNoName(results: string): Promise<readonly string[]> {
  const names = await readdir(results);
  for (const name of names) expect((await readFile(path.join(results, name))).includes('Doe-Jane')).toBe(false);
  return names.toSorted();
}

describe('a mark on one picture', () => {
  it('the planted letter is a shortcut: relevance lies there, and the answer changes without it', async () => {
    await cp(path.join(pictures, 'phantom-04-normal-marker.png'), at('Doe-Jane.png'));
    const request = { picture: at('Doe-Jane.png'), modelPath, provider: 'cpu', mark: letter } as const;
    const report = await workbench.testMark({ ...request, outputFolder: at('mark') });
    expect(report.verdict).toBe('shortcut used');
    expect(report.controls).toMatchObject({ count: 12, kind: 'whole' });
    const class1 = report.classes.find(({ label }) => label === 'Non-COVID');
    expect(class1?.enrichment).toBeGreaterThan(5);
    expect(class1?.effects.find(({ scale }) => scale === 'probability')).toMatchObject({ finding: 'present' });
    expect(class1?.effects[0]?.fills.map(({ fill }) => fill)).toEqual(['local mean', 'blur', 'harmonic', 'donor']);
    expect(await expectNoName(at('mark'))).toEqual(['effects.csv', 'mark-test.json', 'mark-test.png', 'mark-test.svg']);
    const again = await workbench.testMark(request);
    expect(again).toEqual(report);
  }, 120_000);

  it('the border ring is compared with frames further in', async () => {
    const picture = path.join(pictures, 'phantom-03-normal-plain.png');
    const report = await workbench.testMark({ picture, modelPath, provider: 'cpu' });
    expect(report).toMatchObject({ mark: 'border', controls: { kind: 'frames' } });
    expect(report.fills.map(({ fill }) => fill)).not.toContain('donor');
  }, 120_000);

  it('a mark outside of what the model sees is refused', async () => {
    const mark = { ...letter, left: 900 };
    const request = { picture: path.join(pictures, 'phantom-03-normal-plain.png'), modelPath, mark };
    await expect(workbench.testMark(request)).rejects.toMatchObject({ code: 'request/invalid' });
  }, 60_000);
});

describe('a region over a dataset', () => {
  it('is tested on every picture that has it, beside marks of nothing', async () => {
    const request = { dataset: 'films', region: 'marker', modelPath, provider: 'cpu', nulls: 1 } as const;
    const { marks, nulls, effects, cases } = await workbench.testRegionOfDataset({
      ...request,
      outputFolder: at('region'),
    });
    expect(marks).toMatchObject({ cases: 2, verdicts: { 'shortcut used': 2 }, rate: 1 });
    expect(nulls?.cases).toBe(4);
    expect(effects.find(({ label }) => label === 'Non-COVID')?.logit).toBeGreaterThan(1);
    expect(cases.every((one) => /^[0-9a-f]{64}$/.test(one.picture) && one.path === undefined)).toBe(true);
    expect(await expectNoName(at('region'))).toEqual(['cases.csv', 'region-test.json']);
  }, 120_000);

  it('marks drawn by hand are tested as masks are', async () => {
    const catalog = openCatalog(at('catalog.db'));
    const dataset = catalog.datasets.find('films');
    const sample = catalog.samples
      .page({ dataset: dataset?.id ?? 0 })
      .samples.find(({ path: file }) => file.includes('-04'));
    catalog.marks.insert({ sampleId: sample?.id ?? 0, kind: 'marker', shape: letter, author: 'a reader' });
    catalog.close();
    const request = { dataset: 'films', region: 'mark: marker', modelPath, provider: 'cpu' } as const;
    expect((await workbench.testRegionOfDataset(request)).marks).toMatchObject({ cases: 1, rate: 1 });
  }, 120_000);

  it('a region that no picture has is refused', async () => {
    const request = { dataset: 'films', region: 'ruler', modelPath, provider: 'cpu' } as const;
    await expect(workbench.testRegionOfDataset(request)).rejects.toMatchObject({ code: 'request/invalid' });
  }, 60_000);
});

describe('the ledger', () => {
  it('books every map into every region, and names the pictures with the letter first', async () => {
    const request = {
      dataset: 'films',
      modelPath,
      provider: 'cpu',
      target: 'Non-COVID',
      bootstrap: { resamples: 50 },
    } as const;
    const ledger = await workbench.writeLedger({ ...request, outputFolder: at('ledger') });
    const regions = [...new Set(ledger.rows.map(({ region }) => region))];
    expect(regions).toEqual(expect.arrayContaining(['lung', 'marker', 'outside lung', 'border']));
    for (const { region, positiveShare, picture } of ledger.rows) {
      if (region !== 'lung' || Number.isNaN(positiveShare.value)) continue;
      const outside = ledger.rows.find((row) => row.picture === picture && row.region === 'outside lung');
      expect(positiveShare.value + (outside?.positiveShare.value ?? NaN)).toBeCloseTo(1, 5);
    }
    expect(ledger.queue.slice(0, 2).map(({ region }) => region.replace('mark: ', ''))).toEqual(['marker', 'marker']);
    expect(
      ledger.groups.find(({ region, label }) => region === 'marker' && label === undefined)?.enrichment,
    ).toBeGreaterThan(5);
    expect(await expectNoName(at('ledger'))).toEqual(['ledger.csv', 'ledger.json', 'regions.csv']);
  }, 120_000);

  it('several composites at once, and a region no picture has, are refused', async () => {
    const request = { dataset: 'films', modelPath, provider: 'cpu', target: 'Non-COVID' } as const;
    await expect(workbench.writeLedger({ ...request, composite: 'all' })).rejects.toMatchObject({
      code: 'request/invalid',
    });
    await expect(workbench.writeLedger({ ...request, regions: ['ruler'] })).rejects.toMatchObject({
      code: 'request/invalid',
    });
  }, 120_000);
});

describe('anatomy and insertion', () => {
  it('judges the pictures as they are, without lungs, and with nothing but lungs', async () => {
    const request = { dataset: 'films', region: 'lung', modelPath, provider: 'cpu' } as const;
    const report = await workbench.runAnatomy({ ...request, outputFolder: at('anatomy') });
    expect(report.pictures).toBe(4);
    expect(report.rows.map(({ condition, fill }) => `${condition} ${fill ?? ''}`.trim())).toEqual([
      ...['as they are', 'anatomy out local mean', 'anatomy out harmonic'],
      ...['anatomy only local mean', 'anatomy only harmonic'],
    ]);
    expect(await expectNoName(at('anatomy'))).toEqual(['anatomy.csv', 'anatomy.json']);
  }, 120_000);

  it('the letter flips pictures that had none, the ground it stood on does not', async () => {
    const request = { dataset: 'films', region: 'marker', modelPath, provider: 'cpu' } as const;
    const report = await workbench.insertArtefact({ ...request, outputFolder: at('insertion') });
    expect(report).toMatchObject({ donors: 2, recipients: 2 });
    const { artefact, control, logit } = report.classes.find(({ label }) => label === 'Non-COVID') ?? {};
    expect(artefact?.rate).toBe(1);
    expect(control?.rate).toBe(0);
    expect(logit?.mean).toBeGreaterThan(1);
    expect(await expectNoName(at('insertion'))).toEqual(['insertion.csv', 'insertion.json']);
  }, 120_000);
});

describe.skipIf(!existsSync(golden))(
  'the L on a real radiograph (skipped without ../shared/golden/resnet50_cxr)',
  () => {
    it('lowers two logits together, moves no probability, and is found all the same', async () => {
      await cp(path.join(golden, 'model.onnx'), at('cxr.onnx'));
      const manifest = { input: { width: 224, height: 224 }, labels: ['COVID-19', 'Non-COVID', 'Normal'] };
      await writeFile(at('cxr.manifest.json'), JSON.stringify(manifest));
      const mark = { form: 'rectangle', left: 205, top: 23, width: 20, height: 27 } as const;
      const request = {
        picture: path.join(golden, 'image1.png'),
        modelPath: at('cxr.onnx'),
        provider: 'cpu',
        mark,
      } as const;
      const report = await workbench.testMark(request);
      expect(report.verdict).toBe('shortcut used');
      const effectOf = (label: string, scale: string): string | undefined =>
        report.classes.find((one) => one.label === label)?.effects.find((one) => one.scale === scale)?.finding;
      for (const label of ['Non-COVID', 'Normal']) {
        expect(effectOf(label, 'logit')).toBe('present');
        expect(effectOf(label, 'probability')).toBe('absent');
      }
    }, 120_000);
  },
);
