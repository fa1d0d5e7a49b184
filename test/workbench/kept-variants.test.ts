import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RobustnessReport, RobustnessRequest } from '#core/workbench/index.ts';
import { createStudy, labels, writeModel, type Study } from './small-study.ts';

/** Variants of a dataset's pictures are kept in the catalog as children of their sample. */

let study: Study;
let model: string;
beforeAll(async () => {
  study = await createStudy();
  model = await writeModel(study.at('network.onnx'));
  await study.write('films', Object.fromEntries(labels.map((label, at) => [`${label}/${at}.png`, at + 1])));
  await study.import('films');
});
afterAll(() => study.remove());

const run = (name: string, request: Partial<RobustnessRequest> = {}): Promise<RobustnessReport> =>
  study.workbench.testRobustness({
    ...{ dataset: 'films', modelPaths: [model], provider: 'cpu', variants: ['flip', 'rotate@2'], figures: 1 },
    ...{ outputFolder: study.at('out', name), ...request },
  });
/** All that was found, without the time it took. */
const found = ({ studies, summaries }: RobustnessReport): string =>
  JSON.stringify([studies.map((one) => ({ ...one, milliseconds: 0 })), summaries]);
const isComputed = ({ studies }: RobustnessReport): readonly boolean[] => studies.map((one) => one.milliseconds > 0);
const keptOf = (at: number): readonly { variant: string; target: number; createdMs: number; definition: unknown }[] =>
  study.look((catalog) => {
    const [model] = catalog.models.list();
    const setups = catalog.setups.list(model?.id ?? 0).filter(({ kind }) => kind === 'variant');
    return setups.flatMap((setup) => catalog.variants.list(setup.id, study.samples('films')[at]?.id ?? 0));
  });

test('a second run finds all numbers and maps as they were, and computes nothing', async () => {
  const first = await run('first');
  expect(isComputed(first)).toEqual([true, true, true]);
  const again = await run('again');
  expect(isComputed(again)).toEqual([false, false, false]);
  expect(found(again)).toBe(found(first));
  expect(again.files).toEqual(first.files);
  expect(keptOf(0).map(({ variant }) => variant)).toEqual(['unchanged', 'flip', 'rotate:angle=10']);
  expect(keptOf(0)[2]?.definition).toEqual({ augmentation: 'rotate', parameters: { angle: 10 }, severity: 2 });
});

test('what was broken off goes on where it was', async () => {
  const leave = new AbortController();
  let pictures = 0;
  const stopped = study.workbench.testRobustness(
    {
      ...{ dataset: 'films', modelPaths: [model], provider: 'cpu', variants: ['contrast', 'blur@1'], figures: 0 },
      outputFolder: study.at('out', 'stopped'),
    },
    { signal: leave.signal, onProgress: () => { if (pictures++ === 1) leave.abort(); } }, // prettier-ignore
  );
  await expect(stopped).rejects.toMatchObject({ code: 'job/cancelled' });
  const rest = await run('rest', { variants: ['contrast', 'blur@1'], figures: 0 });
  expect(isComputed(rest)).toEqual([false, true, true]);
});

test('only what is missing is computed, and nothing before is replaced', async () => {
  const before = keptOf(0);
  await run('more', { variants: ['flip', 'erasing', 'blur:kernel=99:sigma=9'] });
  const after = keptOf(0);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.slice(before.length).map(({ variant }) => variant)).toEqual(['erasing:area=0.05#1', 'blur:kernel=99:sigma=9']); // prettier-ignore
  const again = await run('more again', { variants: ['blur:kernel=99:sigma=9'], figures: 0 });
  expect(again.studies[0]?.variants[0]?.distances.ssim).toMatchObject({ value: NaN, reason: expect.stringMatching(/smaller than half the kernel/) as string }); // prettier-ignore
  expect(isComputed(again)).toEqual([false, false, false]);
});

test('another class and averaged maps are kept apart', async () => {
  const target = keptOf(0)[0]?.target ?? 0;
  const other = await run('other', { target: String((target + 1) % 3), variants: ['flip'], figures: 0 });
  expect(isComputed(other)).toEqual([true, true, true]);
  expect(new Set(keptOf(0).map((one) => one.target)).size).toBe(2);
  expect(isComputed(await run('averaged', { averageShifts: true, variants: ['flip'], figures: 0 }))[0]).toBe(true);
  expect(isComputed(await run('averaged again', { averageShifts: true, variants: ['flip'], figures: 0 }))[0]).toBe(false); // prettier-ignore
});

test('the catalog is sound with them, and a dataset takes them along', async () => {
  expect(await study.workbench.checkCatalog()).toMatchObject({ sound: true, findings: [] });
  const kept = [0, 1, 2].reduce((sum, at) => sum + keptOf(at).length, 0);
  const deleted = await study.workbench.deleteDataset({ dataset: 'films', isConfirmed: true });
  expect(deleted).toMatchObject({ variants: kept });
  expect(await study.workbench.checkCatalog()).toMatchObject({ sound: true, findings: [], arrays: 0 });
});
