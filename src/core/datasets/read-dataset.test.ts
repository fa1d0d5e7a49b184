import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { layoutNames } from '#shared/samples.ts';
import { layouts } from './layouts/layouts.ts';
import { readDataset } from './read-dataset.ts';
import { readAll, readTree, tinyDicom, tinyPng, withTree, type TreePlan } from './test-trees.ts';

const isic = { 'train.csv': 'image_name,target\nISIC_1,1\n', 'ISIC_1.jpg': tinyPng };

describe('auto', () => {
  it.each<[string, TreePlan, string]>([
    ['covid-qu-ex', ['Lung Segmentation Data/Train/Normal/1.png', 'Lung Segmentation Data/x.dcm'], 'COVID-QU-Ex'],
    ['siim-isic', isic, '"train.csv" with image_name'],
    [
      'csv before folders',
      { 'x.csv': 'image,label\n1.png,1\n', 'a/1.png': tinyPng, 'b/2.png': tinyPng },
      '"x.csv" names',
    ],
    ['csv before dicom', { 'x.csv': 'image,label\n1.dcm,1\n', '1.dcm': tinyDicom }, '"x.csv" names'],
    ['dicom before folders', ['a/1.dcm', 'b/1.png'], 'DICOM files such as "a/1.dcm"'],
    ['folders', ['a/1.png', 'b/1.png'], 'a folder of pictures for each class'],
    [
      'folders where a table names no picture',
      { 'x.csv': 'image,label\nz.png,1\n', 'a/1.png': tinyPng },
      'It holds pictures',
    ],
    ['folders where a table is broken', { 'x.csv': 'image,label\n"z.png', 'a/1.png': tinyPng }, 'It holds pictures'],
  ])('chooses %s and says why', async (name, plan, reason) => {
    const { reading } = await readTree(plan);
    expect(reading.layout).toBe(name.split(' ')[0]);
    expect(reading.reason).toContain(reason);
    expect(reading.reason.endsWith('.')).toBe(true);
  });

  it('leaves it to the user where two layouts are equally sure', async () => {
    const plan = { ...isic, 'Data_Entry_2017.csv': 'Image Index,Finding Labels\nx.png,Mass\n' };
    await expect(readTree(plan)).rejects.toMatchObject({
      code: 'dataset/unrecognised',
      message: expect.stringMatching(/may be read as siim-isic and nih-cxr14; say which layout it is/) as unknown,
    });
    expect((await readTree(plan, { layout: 'siim-isic' })).samples).toHaveLength(1);
  });

  it.each<[string, TreePlan]>([
    ['nothing', []],
    ['other files', { 'notes.txt': 'x', 'a/b/c.json': '{}', '.hidden.png': tinyPng }],
    ['masks alone', ['masks/1.png']],
  ])('finds no dataset in %s, and says what was looked for', async (_, plan) => {
    await withTree(plan, async (folder) => {
      const opening = readDataset(folder);
      await expect(opening).rejects.toMatchObject({ code: 'dataset/unrecognised' });
      await expect(opening).rejects.toThrow(
        /^"lightbox-dataset-\w+" is no dataset that is known; looked for .* and .*\.$/,
      );
    });
  });

  it('says what is wrong with the table where nothing else is there', async () => {
    await expect(readTree({ 'labels.csv': '' })).rejects.toMatchObject({
      code: 'dataset/invalid-table',
      message: 'The table "labels.csv" is empty.',
    });
  });
});

it('a layout that is asked for and does not fit says what it looked for', async () => {
  for (const { name, lookedFor } of layouts) {
    await withTree({ 'notes.txt': 'x' }, async (folder) => {
      const opening = readDataset(folder, { layout: name });
      await expect(opening).rejects.toMatchObject({ code: 'dataset/unrecognised' });
      await expect(opening).rejects.toThrow(`looked for ${lookedFor}.`);
    });
  }
});

it('every layout has one recogniser', () => {
  expect(layouts.map(({ name }) => name).toSorted()).toEqual(layoutNames.toSorted());
});

it('a dataset is called as its folder, or as the user says', async () => {
  await withTree(['my set/a/1.png', 'my set/b/1.png'], async (folder) => {
    const path = join(folder, 'my set');
    expect(await readDataset(path)).toMatchObject({ name: 'my set', folder: path });
    expect(await readDataset(path, { name: 'Ward 3' })).toMatchObject({ name: 'Ward 3' });
  });
});

it('a thousand pictures come in batches, the same each time', async () => {
  const paths = Array.from({ length: 1200 }, (_, at) => `${at % 2 === 0 ? 'a' : 'b'}/${at}.png`);
  await withTree(paths, async (folder) => {
    const sizes: number[] = [];
    for await (const { samples } of (await readDataset(folder)).batches) sizes.push(samples.length);
    expect(sizes).toEqual([500, 100, 500, 100]);
    expect((await readAll(folder)).samples).toEqual((await readAll(folder)).samples);
  });
});

it('stops between two batches when the reader cancels', async () => {
  const rows = Array.from({ length: 1200 }, (_, at) => `ISIC_${at},1`);
  const plan = { 'train.csv': `image_name,target\n${rows.join('\n')}\n`, 'ISIC_1.jpg': tinyPng };
  await withTree(plan, async (folder) => {
    const control = new AbortController();
    const { batches } = await readDataset(folder, { signal: control.signal });
    const counts: number[] = [];
    const reading = (async () => {
      for await (const { samples, problems } of batches) {
        counts.push(samples.length + problems.length);
        control.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'job/cancelled' });
    expect(counts).toEqual([500]);
  });
});

describe('any folder', () => {
  const words = [
    ...[
      'Train',
      'test',
      'val',
      'COVID-19',
      'Non-COVID',
      'Normal',
      'images',
      'lung masks',
      'masks',
      'a',
      'B',
      '1',
      '10',
    ],
    ...['Lung Segmentation Data', 'Infection_Segmentation_Data', 'constructor', '__proto__', 'ä', ' ', '-', '%'],
  ];
  const letters = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  const safe = letters.filter((text) => !/[/\0\uD800-\uDFFF]/.test(text) && text !== '.' && text !== '..');
  const segment = fc.oneof(fc.constantFrom(...words), safe);
  const file = fc.oneof(
    fc.tuple(segment, fc.constantFrom('.png', '.jpg', '.dcm', '', '.bmp')).map(([stem, end]) => `${stem}${end}`),
    fc.constantFrom('train.csv', 'test.csv', 'labels.csv', 'x.recipe.json', 'test_list.txt'),
  );
  const column = fc.constantFrom(
    'image_name',
    'target',
    'Image Index',
    'Finding Labels',
    'Path',
    'label',
    'split',
    '"',
    '',
  );
  const text = fc
    .array(fc.array(fc.oneof(column, segment), { maxLength: 5 }), { maxLength: 5 })
    .map((rows) => rows.map((row) => row.join(',')).join('\n'));
  const plan = fc.dictionary(
    fc.tuple(fc.array(segment, { maxLength: 4 }), file).map(([folders, name]) => [...folders, name].join('/')),
    text,
    { maxKeys: 12 },
  );

  it('is read, or refused with a code and a sentence; every path is one of its files, once', async () => {
    await fc.assert(
      fc.asyncProperty(plan, fc.constantFrom('auto', ...layoutNames), async (files, layout) => {
        // A file cannot stand where a folder is to be.
        const paths = Object.keys(files).filter(
          (path) => !Object.keys(files).some((other) => other.startsWith(`${path}/`)),
        );
        const possible = Object.fromEntries(paths.map((path) => [path, files[path] ?? '']));
        try {
          const { samples, problems } = await readTree(possible, { layout });
          const found = samples.map(({ path }) => path);
          expect(new Set(found).size).toBe(found.length);
          for (const path of found) expect(paths).toContain(path);
          for (const { sentence } of problems) expect(sentence).toMatch(/\.$/);
          for (const { masks } of samples) for (const { path } of masks) expect(paths).toContain(path);
        } catch (cause) {
          expect(cause).toBeInstanceOf(LightboxError);
          expect((cause as LightboxError).code).toMatch(/^dataset\//);
        }
      }),
      { numRuns: 400 },
    );
  });
});
