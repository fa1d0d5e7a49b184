import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFactCounter } from '../summary/fact-counter.ts';
import { summariseDataset } from '../summary/summarise.ts';
import { readAll, readTree, withTree } from '../test-trees.ts';
import { compareNaturally } from '../tree/natural-order.ts';

const pictureNames = { 'COVID-19': 'covid_2.png', 'Non-COVID': 'non_COVID (2).png', Normal: 'Normal (2).png' };
const classes = Object.keys(pictureNames);

/** Both parts as published, one picture per class and split, with every mask. */
function publishedTree(): string[] {
  const parts = [
    ['Lung Segmentation Data', ['images', 'lung masks']],
    ['Infection Segmentation Data', ['images', 'lung masks', 'infection masks']],
  ] as const;
  return parts.flatMap(([part, kinds]) =>
    ['Train', 'Val', 'Test'].flatMap((split) =>
      Object.entries(pictureNames).flatMap(([label, name]) =>
        kinds.map((kind) => `${part}/${part}/${split}/${label}/${kind}/${name}`),
      ),
    ),
  );
}

describe('COVID-QU-Ex as published', () => {
  it('has both parts, three splits, three classes and the masks of the same name', async () => {
    const { reading, samples, problems } = await readTree(publishedTree());
    expect(reading).toMatchObject({ layout: 'covid-qu-ex', classes, splits: ['Test', 'Train', 'Val'] });
    expect(reading.reason).toContain('infection part and lung part');
    expect(reading.standingWarnings.join()).toContain('the source goes with the class');
    expect(problems).toEqual([]);
    expect(samples).toHaveLength(18);
    const folder = 'Infection Segmentation Data/Infection Segmentation Data/Val/Non-COVID';
    expect(samples).toContainEqual({
      path: `${folder}/images/non_COVID (2).png`,
      split: 'Val',
      label: 'Non-COVID',
      collection: 'infection',
      masks: [
        { kind: 'infection', path: `${folder}/infection masks/non_COVID (2).png` },
        { kind: 'lung', path: `${folder}/lung masks/non_COVID (2).png` },
      ],
      metadata: {},
    });
    expect(samples.filter(({ collection }) => collection === 'lung').map(({ masks }) => masks.length)).toEqual(
      Array.from({ length: 9 }, () => 1),
    );
  });

  it('class folders within a class folder: every picture once, of the outer class', async () => {
    const { samples } = await readTree([
      'Lung Segmentation Data/Train/Normal/Non-COVID/a.png',
      'Lung Segmentation Data/Train/Normal/b.png',
      'Lung Segmentation Data/Train/Non-COVID/c.png',
    ]);
    expect(samples.map(({ path, label }) => [path.split('/').at(-1), label]).toSorted()).toEqual([
      ['a.png', 'Normal'],
      ['b.png', 'Normal'],
      ['c.png', 'Non-COVID'],
    ]);
  });

  it('tells a missing mask (no entry) from one that is there, and names a mask without a picture', async () => {
    const folder = 'Lung Segmentation Data/Train/COVID-19';
    const { samples, problems } = await readTree([
      `${folder}/images/covid_1.png`,
      `${folder}/images/covid_2.png`,
      `${folder}/lung masks/covid_2.png`,
      `${folder}/lung masks/covid_3.png`,
    ]);
    expect(samples.map(({ masks }) => masks.length)).toEqual([0, 1]);
    expect(problems).toMatchObject([{ kind: 'mask-without-picture', path: `${folder}/lung masks/covid_3.png` }]);
  });

  it('keeps natural order within a class', async () => {
    const numbers = [10, 2, 1, 33, 9, 100];
    const paths = numbers.map((n) => `Lung Segmentation Data/Train/COVID-19/images/covid_${n}.png`);
    const { samples } = await readTree(paths);
    expect(samples.map(({ path }) => path)).toEqual(
      [1, 2, 9, 10, 33, 100].map((n) => `Lung Segmentation Data/Train/COVID-19/images/covid_${n}.png`),
    );
  });
});

describe('COVID-QU-Ex as it is met', () => {
  it.each([
    ['wrapped', 'COVID-QU-Ex_Dataset/Lung Segmentation Data/Lung Segmentation Data/Train/COVID-19/images/a.png'],
    ['kagglehub', 'versions/7/Lung Segmentation Data/Lung Segmentation Data/Train/COVID-19/images/a.png'],
    ['not doubled', 'Lung Segmentation Data/Train/COVID-19/images/a.png'],
    ['underscores', 'Lung_Segmentation_Data/Lung_Segmentation_Data/Train/COVID_19/images/a.png'],
    ['lower case', 'lung segmentation data/train/covid-19/Images/a.png'],
    ['no images folder', 'Lung Segmentation Data/Train/COVID-19/a.png'],
    ['no splits', 'Lung Segmentation Data/COVID-19/images/a.png'],
  ])('%s', async (_, path) => {
    const { reading, samples } = await readTree([path]);
    expect(reading.layout).toBe('covid-qu-ex');
    expect(samples).toMatchObject([{ path, label: 'COVID-19', collection: 'lung' }]);
  });

  it.each(['Infection Segmentation Data', 'infection_segmentation_data'])('opened inside %s', async (part) => {
    const path = `Train/COVID-19/images/a.png`;
    await withTree([`${part}/${path}`], async (folder) => {
      const { samples } = await readAll(join(folder, part));
      expect(samples).toMatchObject([{ path, split: 'Train', collection: 'infection' }]);
    });
  });

  it('opened at the splits, by the masks beside the pictures', async () => {
    const { reading, samples } = await readTree([
      'train/Non-COVID/images/a.png',
      'train/Non-COVID/lung_masks/a.png',
      'train/Non-COVID/infection_masks/a.png',
      'train/Normal/images/a.png',
    ]);
    expect(reading.layout).toBe('covid-qu-ex');
    expect(samples).toMatchObject([
      { label: 'Non-COVID', collection: 'infection', masks: [{ kind: 'infection' }, { kind: 'lung' }] },
      { label: 'Normal', collection: 'infection' },
    ]);
  });

  it('with masks beside pictures that have no folder of their own', async () => {
    const { samples } = await readTree([
      'Lung Segmentation Data/Test/Normal/a.png',
      'Lung Segmentation Data/Test/Normal/lung masks/a.png',
    ]);
    expect(samples).toMatchObject([
      { masks: [{ kind: 'lung', path: 'Lung Segmentation Data/Test/Normal/lung masks/a.png' }] },
    ]);
  });

  it('with a class of its own beside the three, which is named and not read', async () => {
    const base = 'Lung Segmentation Data/Train';
    const { samples, problems } = await readTree([`${base}/Normal/a.png`, `${base}/Lung Opacity/b.png`]);
    expect(samples).toHaveLength(1);
    expect(problems).toMatchObject([{ kind: 'stray-picture', path: `${base}/Lung Opacity` }]);
  });

  it('whatever the case and the separators of its names', async () => {
    const gap = fc.constantFrom(' ', '_', '-', '');
    const spell = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toLowerCase(),
      (text: string) => text.toUpperCase(),
    );
    await fc.assert(
      fc.asyncProperty(
        gap,
        spell,
        fc.tuple(fc.boolean(), fc.boolean()),
        async (between, write, [isDoubled, isWrapped]) => {
          const part = write(`Lung${between}Segmentation${between}Data`);
          const top = [...(isWrapped ? ['wrapper'] : []), part, ...(isDoubled ? [part] : [])].join('/');
          const path = `${top}/${write('Train')}/${write(`Non${between}COVID`)}/images/x (1).png`;
          const mask = `${top}/${write('Train')}/${write(`Non${between}COVID`)}/${write(`lung${between}masks`)}/x (1).png`;
          const { reading, samples } = await readTree([path, mask]);
          expect(reading.layout).toBe('covid-qu-ex');
          expect(samples).toMatchObject([{ path, label: 'Non-COVID', masks: [{ kind: 'lung', path: mask }] }]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('not where only names of classes agree', async () => {
    const { reading } = await readTree(['train/COVID/1.png', 'train/Normal/1.png', 'train/Viral Pneumonia/1.png']);
    expect(reading.layout).toBe('folders');
  });
});

const cxr = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'cxr');

describe.skipIf(!existsSync(cxr))(
  'the radiographs beside the project (../shared/data/cxr; skipped where absent)',
  () => {
    it('are read with their table left aside', async () => {
      const { reading, samples, problems } = await readAll(cxr);
      expect(reading).toMatchObject({ layout: 'covid-qu-ex', name: 'cxr', classes });
      expect(problems).toEqual([]);
      expect(samples.every(({ masks }) => masks.length === 0)).toBe(true);
      const trained = samples.filter(({ split, label }) => split === 'Train' && label === 'COVID-19');
      const names = trained.map(({ path }) => path);
      expect(names).toEqual(names.toSorted(compareNaturally));
      const counter = createFactCounter(reading.layout);
      counter.add({ samples, problems });
      const { tables, sentences } = summariseDataset(counter.facts());
      expect(tables).toEqual([
        {
          collection: 'lung',
          splits: ['Train', 'Test'],
          labels: classes,
          counts: [
            [40, 40, 40],
            [25, 100, 100],
          ],
        },
      ]);
      expect(sentences[1]).toContain('33,920 expected, 345 found');
    });

    it('can be read as the table that lies with them', async () => {
      const { reading, samples, problems } = await readAll(cxr, { layout: 'csv' });
      expect(reading.reason).toContain('path from "file", label from "class" and split from "split"');
      expect(samples).toHaveLength(345);
      expect(problems).toEqual([]);
      expect(samples[1]).toMatchObject({ label: 'COVID-19', split: 'Train', metadata: {} });
    });
  },
);
