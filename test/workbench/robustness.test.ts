import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mapMeasureNames } from '#core/audit/index.ts';
import { loadNpy } from '#core/imaging/index.ts';
import type { RobustnessReport, RobustnessRequest } from '#core/workbench/index.ts';
import { createStudy, labels, size, writeModel, type Study } from './small-study.ts';
import { saveSymmetric } from './symmetric-network.ts';

let study: Study;
let [one, two] = ['', ''];

beforeAll(async () => {
  study = await createStudy();
  one = await writeModel(study.at('one.onnx'), labels, 1);
  two = await writeModel(study.at('two.onnx'), labels, 2);
  const names = labels.flatMap((label, at) => [0, 1, 2].map((k) => [`${label}/Doe-${k}.png`, 10 * at + k] as const));
  await study.write('films', Object.fromEntries(names));
  await study.import('films');
});
afterAll(() => study.remove());

const run = (name: string, request: Partial<RobustnessRequest> = {}): Promise<RobustnessReport> =>
  study.workbench.testRobustness({
    ...{ pictures: [study.at('films', 'nodule', 'Doe-0.png')], modelPaths: [one], provider: 'cpu' },
    ...{ outputFolder: study.at('out', name), ...request },
  });

describe('one picture, two models', () => {
  let report: RobustnessReport;
  beforeAll(async () => {
    report = await run('pair', {
      modelPaths: [one, two],
      variants: ['flip', 'blur@1', 'blur@5', 'rotate:angle=90', 'erasing'],
    });
  });

  test('has a study for each model, and numbers for each variant', () => {
    expect(report.studies.map(({ model }) => model)).toEqual([0, 1]);
    for (const { variants } of report.studies) {
      expect(variants.map(({ id }) => id)).toEqual(report.variants.map(({ id }) => id));
      for (const { distances } of variants) {
        for (const name of mapMeasureNames)
          expect(Number.isFinite(distances[name].value) || 'reason' in distances[name]).toBe(true);
      }
    }
  });

  test('a blur too wide for the picture is no number but a reason, in the tables too', async () => {
    const wide = await run('wide', { variants: ['blur:kernel=99:sigma=9', 'flip'] });
    const [blur] = wide.studies[0]?.variants ?? [];
    expect(blur?.reason).toMatch(/smaller than half the kernel of 99/);
    expect(blur?.distances.ssim).toEqual({ value: NaN, reason: blur?.reason });
    const record = await readFile(study.at('out', 'wide', 'robustness.json'), 'utf8');
    expect(record).toMatch(/"value": null,\s+"reason": "the picture of 32 x 32/);
    const csv = await readFile(study.at('out', 'wide', 'variants.csv'), 'utf8');
    expect(csv.split('\r\n')[1]).toMatch(/,{5,}.*smaller than half the kernel/);
  });

  test('figures, arrays and tables are there, and none names the picture', async () => {
    expect(report.files).toEqual(expect.arrayContaining(['robustness.json', 'variants.csv', 'summary.csv', 'steadiness.png', 'severity.svg'])); // prettier-ignore
    for (const file of report.files.filter((name) => /json|csv|svg/.test(name))) {
      expect(`${file} ${await readFile(study.at('out', 'pair', file), 'utf8')}`).not.toMatch(/Doe-/);
    }
    const maps = report.files.find((name) => name.endsWith('.maps.npy')) ?? '';
    expect((await loadNpy(study.at('out', 'pair', maps))).shape).toEqual([6, size, size]);
  });

  test('is the same when it is done again', async () => {
    const again = await run('again', { modelPaths: [one, two], variants: ['flip', 'blur@1', 'blur@5', 'rotate:angle=90', 'erasing'], batchSize: 1 }); // prettier-ignore
    const numbers = ({ studies }: RobustnessReport): unknown => studies.map(({ variants }) => variants.map(({ id, drawn, distances }) => [id, drawn, distances.spearman.value])); // prettier-ignore
    expect(JSON.stringify(numbers(again))).toBe(JSON.stringify(numbers(report)));
  });

  test('one picture says nothing of others', () => {
    for (const { steadier, sentence } of report.comparisons) {
      expect(steadier).toBeUndefined();
      expect(sentence).toMatch(/one case says nothing of others/);
    }
  });
});

describe('a dataset', () => {
  test('is tested evenly over its classes, with intervals and a verdict', async () => {
    const report = await run('set', {
      pictures: [],
      dataset: 'films',
      limit: 6,
      modelPaths: [one, two],
      variants: ['flip', 'contrast'],
    });
    const shown = report.studies.filter(({ model }) => model === 0).map(({ picture }) => picture.label);
    expect(labels.map((label) => shown.filter((name) => name === label).length)).toEqual([2, 2, 2]);
    const all = report.summaries.find(({ variant }) => variant === undefined);
    expect(all?.measures.spearman).toMatchObject({ cases: 6, interval: { low: expect.any(Number) as number } });
    expect(report.comparisons.map(({ sentence }) => sentence)[0]).toMatch(
      /steadier.*by Spearman.*on 6 pictures, paired difference/,
    );
    expect(report.files.filter((name) => name.endsWith('variants.png'))).toHaveLength(3);
  });

  test('target "label" explains the dataset\'s answer', async () => {
    const { studies } = await run('label', {
      pictures: [],
      dataset: 'films',
      limit: 3,
      target: 'label',
      variants: ['flip'],
      figures: 1,
    });
    expect(studies.map(({ target }) => target.label)).toEqual(studies.map(({ picture }) => picture.label));
  });

  test.each([
    ['neither pictures nor dataset', { pictures: [] }, /either picture files or a dataset/],
    ['both', { dataset: 'films' }, /not both/],
    ['an unknown dataset', { pictures: [], dataset: 'scans' }, /no dataset "scans"/],
    ['an unknown variant', { variants: ['smear'] }, /no variant "smear"/],
    ['an unknown class', { target: 'goitre' }, /no class "goitre"/],
  ])('%s is refused', async (_, request, sentence) => {
    await expect(run('refused', request)).rejects.toThrow(sentence);
  });

  test('a picture that cannot be read is reported, the others are done', async () => {
    await writeFile(study.at('broken.png'), 'no picture');
    const { studies, failures } = await run('broken', { pictures: [study.at('broken.png'), study.at('films', 'normal', 'Doe-1.png')], modelPaths: [one, two], variants: ['flip'] }); // prettier-ignore
    expect(studies.map(({ picture }) => picture.position)).toEqual([2, 2]);
    expect(failures).toEqual([
      { position: 1, error: expect.objectContaining({ code: 'picture/unsupported' }) as object },
    ]);
  });
});

describe('a network that does not know left from right nor up from down', () => {
  let file = '';
  beforeAll(async () => {
    file = study.at('symmetric.onnx');
    await saveSymmetric(file);
  });

  test('gives the same map of a flipped or turned picture, once it is laid back', async () => {
    const { studies } = await run('symmetric', { modelPaths: [file], variants: ['flip', 'rotate:angle=90', 'rotate:angle=180'], composite: 'EpsilonPlus' }); // prettier-ignore
    for (const { distances, drift } of studies[0]?.variants ?? []) {
      expect(distances.spearman.value).toBeCloseTo(1, 4);
      expect(distances.ssim.value).toBeCloseTo(1, 4);
      expect(distances.signFlips.value).toBeCloseTo(0, 4);
      expect(drift).toBeCloseTo(0, 5);
    }
    expect(studies[0]?.variants).toHaveLength(3);
  });

  test('averaged over shifts a map of stride 2 has less of the checker pattern', async () => {
    const stride = study.at('stride.onnx');
    await saveSymmetric(stride, 2);
    const [plain, averaged] = [await run('plain', { modelPaths: [stride], variants: ['flip'] }), await run('averaged', { modelPaths: [stride], variants: ['flip'], averageShifts: true })]; // prettier-ignore
    const strength = ({ studies }: RobustnessReport): number => studies[0]?.checker.value ?? NaN;
    expect(strength(averaged)).toBeLessThan(0.5 * strength(plain));
    expect(await readFile(study.at('out', 'averaged', 'steadiness.svg'), 'utf8')).toMatch(/one-pixel shifts/);
  });
});
