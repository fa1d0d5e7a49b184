import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCaseArray, loadParityCase } from './parity-case.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lightbox-case-'));
});
afterAll(() => rm(folder, { recursive: true }));

const map = { composite: 'EpsilonPlus', initial: 'one' };
const files = { input: [2, 3, 4, 4], logits: [2, 5], heat: [2, 4, 4] };

async function writeCase(name: string, content: unknown): Promise<string> {
  const caseFolder = path.join(folder, name);
  await mkdir(caseFolder);
  await writeFile(path.join(caseFolder, 'case.json'), typeof content === 'string' ? content : JSON.stringify(content));
  return caseFolder;
}

test('one target stands for all pictures, a list for each its own', async () => {
  const lrp = [
    { ...map, target: 4, file: 'heat', zennit_float32_error: 1e-6 },
    { ...map, targets: [0, 1], file: 'heat' },
  ];
  const { maps, low, high } = await loadParityCase(
    await writeCase('targets', { low: -2, high: [1, 2, 3], lrp, files }),
  );
  expect(maps.map(({ targets }) => targets)).toEqual([
    [4, 4],
    [0, 1],
  ]);
  expect(maps.map(({ float32Error }) => float32Error)).toEqual([1e-6, undefined]);
  expect([low, high]).toEqual([-2, [1, 2, 3]]);
});

test('conditions are one channel or several layers at once', async () => {
  const crp = [
    { ...map, target: 0, image: 1, layer: 'conv1', concept: 7, bypass: false, file: 'heat' },
    { ...map, target: 0, joint: { conv2: [0, 1], conv1: [3] }, bypass: true, file: 'heat' },
  ];
  const { conditions } = await loadParityCase(await writeCase('conditions', { low: 0, high: 1, lrp: [], crp, files }));
  expect(conditions.map(({ image, channels, bypass }) => [image, [...channels], bypass])).toEqual([
    [1, [['conv1', [7]]], false],
    [
      0,
      [
        ['conv2', [0, 1]],
        ['conv1', [3]],
      ],
      true,
    ],
  ]);
});

test('an array must be there and as long as its shape says', async () => {
  const parityCase = await loadParityCase(await writeCase('arrays', { low: 0, high: 1, lrp: [], files }));
  await writeFile(
    path.join(parityCase.folder, 'logits.f32'),
    new Uint8Array(Float32Array.from({ length: 10 }, (_, i) => i).buffer),
  );
  await writeFile(path.join(parityCase.folder, 'heat.f32'), new Uint8Array(12));
  expect(Array.from(await loadCaseArray(parityCase, 'logits'))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const refusal = { code: 'case/invalid', message: expect.stringContaining('"arrays"') as string };
  for (const name of ['heat', 'input', 'unlisted']) {
    await expect(loadCaseArray(parityCase, name)).rejects.toMatchObject(refusal);
  }
});

test.each([
  ['no-json', '{"lrp":', /not JSON/],
  ['no-maps', { low: 0, high: 1, files }, /lrp/],
  ['no-bounds', { lrp: [], files }, /low/],
  ['no-number', { low: 'x', high: 1, lrp: [], files }, /low/],
  ['no-folder', undefined, /no case\.json/],
])('%s is refused by name', async (name, content, sentence) => {
  const caseFolder = content === undefined ? path.join(folder, name) : await writeCase(name, content);
  const refusal = { code: 'case/invalid', message: expect.stringMatching(sentence) as string };
  await expect(loadParityCase(caseFolder)).rejects.toMatchObject(refusal);
});
