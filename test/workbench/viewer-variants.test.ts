import { rename } from 'node:fs/promises';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { contract } from '#shared/contract/contract.ts';
import { dataAddress } from '#shared/contract/contract.ts';
import type { VariantQuestion } from '#shared/contract/robustness.ts';
import { readNpy, type NpyArray } from '#shared/npy.ts';
import { createStudy, labels, size, writeModel, type Study } from './small-study.ts';

/** What the window asks about changed pictures: computed where the catalog has none, kept, and the same that the command makes. */

let study: Study;
let modelPath: string;
beforeAll(async () => {
  study = await createStudy();
  modelPath = await writeModel(study.at('network.onnx'));
  await study.write('films', Object.fromEntries(labels.map((label, at) => [`${label}/${at}.png`, at + 1])));
  await study.import('films');
  await study.workbench.predictDataset({ dataset: 'films', modelPath, provider: 'cpu' });
});
afterAll(() => study.remove());

const client = (): ContractRouterClient<typeof contract> => createRouterClient(study.workbench.viewer.router);
const sampleAt = (index: number): number => study.samples('films')[index]?.id ?? -1;
const question = (variant: string, more: Partial<VariantQuestion> = {}): VariantQuestion => ({
  ...{ sample: sampleAt(0), model: 1, composite: 'EpsilonPlusFlat', target: 'predicted', variant },
  ...more,
});
const fetchArray = async (address: string): Promise<NpyArray> => {
  const data = await study.workbench.viewer.data(address.replace(/^data\//, ''));
  return readNpy(data?.bytes ?? new Uint8Array(), 'the array');
};

test('a variant is computed once with the unchanged picture, and found by the next question', async () => {
  const flip = await client().robustness.variant(question('flip'));
  expect(flip).toMatchObject({ title: 'Horizontal flip', wasKnown: false });
  expect(flip.result?.change?.validShare).toBe(1);
  expect(flip.result?.region).toEqual({ left: 0, top: 0, width: size, height: size });
  expect(await client().robustness.variant(question('flip'))).toEqual({ ...flip, wasKnown: true });
  const plain = await client().robustness.variant(question('unchanged'));
  expect(plain.wasKnown).toBe(true);
  expect(plain.result?.change).toBeUndefined();
  const drift = Math.abs((plain.result?.probability ?? NaN) - (flip.result?.probability ?? NaN));
  expect(flip.result?.change?.drift).toBeCloseTo(drift, 6);
});

test('the picture and the map laid back are those of the variant', async () => {
  const { id, result } = await client().robustness.variant(question('flip'));
  const map = await fetchArray(dataAddress.array(result?.arraySha256 ?? ''));
  const carried = await fetchArray(dataAddress.carried(id));
  const mirrored = Array.from({ length: size * size }, (_, at) => map.values[at - (at % size) + (size - 1 - (at % size))]); // prettier-ignore
  expect([...carried.values]).toEqual(mirrored);
  const turned = await client().robustness.variant(question('rotate-black:angle=45'));
  const laidBack = await fetchArray(dataAddress.carried(turned.id));
  const valid = laidBack.values.filter((value) => !Number.isNaN(value)).length / (size * size);
  expect(valid).toBeCloseTo(turned.result?.change?.validShare ?? NaN, 6);
  expect((await study.workbench.viewer.data(`variant/${id}`))?.type).toBe('image/png');
  expect(await study.workbench.viewer.data('variant/999')).toBeUndefined();
  expect(await study.workbench.viewer.data('carried/..%2f')).toBeUndefined();
});

test('the command finds what the window computed, and the window what the command did', async () => {
  const request = {
    dataset: 'films',
    modelPaths: [modelPath],
    provider: 'cpu',
    outputFolder: study.at('out'),
  } as const;
  const { studies } = await study.workbench.testRobustness({ ...request, variants: ['flip', 'contrast'], figures: 0 });
  const flip = await client().robustness.variant(question('flip'));
  const own = studies.find(({ picture }) => picture.sha256 === study.samples('films')[0]?.contentSha256);
  expect(own?.variants[0]?.distances.cosine.value).toBe(flip.result?.change?.distances.cosine.value);
  expect((await client().robustness.variant(question('contrast'))).wasKnown).toBe(true);
});

test('what cannot be made says why, and what is no variant is refused', async () => {
  const wide = await client().robustness.variant(question('blur:kernel=99:sigma=9'));
  expect(wide.reason).toMatch(/smaller than half the kernel of 99/);
  expect(wide.result).toBeUndefined();
  for (const variant of ['smear', 'blur@all'])
    await expect(client().robustness.variant(question(variant))).rejects.toMatchObject({ data: { code: 'request/invalid' } }); // prettier-ignore
});

test('a map without a number says why', async () => {
  const covered = await client().robustness.variant(question('microscope:from=-14:to=-14'));
  const { distances } = covered.result?.change ?? {};
  expect(distances?.ssim.value).toBeUndefined();
  expect(distances?.ssim.reason).toMatch(/\w+/);
});

test('averaged over shifts it is another map, kept apart', async () => {
  const plain = await client().robustness.variant(question('unchanged'));
  const averaged = await client().robustness.variant(question('unchanged', { averageShifts: true }));
  expect(averaged.wasKnown).toBe(false);
  expect(averaged.result?.arraySha256).not.toBe(plain.result?.arraySha256);
  expect((await client().robustness.variant(question('unchanged', { averageShifts: true }))).wasKnown).toBe(true);
});

test('a picture that is another by now is not shown under the numbers of the one before', async () => {
  const { id } = await client().robustness.variant(question('flip', { sample: sampleAt(1) }));
  const [first, second] = ['effusion/0.png', 'nodule/1.png'].map((file) => study.at('films', file));
  await rename(second ?? '', study.at('kept.png'));
  await rename(first ?? '', second ?? '');
  expect(await study.workbench.viewer.data(`variant/${id}`)).toBeUndefined();
  await rename(second ?? '', first ?? '');
  await rename(study.at('kept.png'), second ?? '');
});

test('all augmentations are told of, with what they do', async () => {
  const { augmentations, usual } = await client().robustness.choices();
  expect(augmentations).toHaveLength(13);
  expect(augmentations.every(({ definition }) => definition.length > 10)).toBe(true);
  expect(usual).toHaveLength(12);
});
