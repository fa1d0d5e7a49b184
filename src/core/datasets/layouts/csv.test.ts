import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { proposeRecipe, readDataset } from '../read-dataset.ts';
import { loadRecipe, saveRecipe, type Recipe } from '../tables/recipe.ts';
import { growTree, readAll, readTree, tinyPng, withTree } from '../test-trees.ts';

const lesions = {
  'labels.csv':
    'image,diagnosis,patient,fold,lesion_mask,device,age\na.png,nevus,P1,train,m1.png,DermLite,35\nb.png,melanoma,P2,test,,Canfield,61\n',
  'pictures/a.png': tinyPng,
  'pictures/b.png': tinyPng,
  'masks/m1.png': tinyPng,
};

describe('a table without a recipe', () => {
  it('is understood by its header and its cells, and says how', async () => {
    const { reading, samples, problems } = await readTree(lesions);
    expect(reading.layout).toBe('csv');
    expect(reading.reason).toBe(
      '"labels.csv" names the pictures: path from "image", label from "diagnosis", split from "fold", ' +
        'patient from "patient" and lesion mask from "lesion_mask" (guessed from header and cells).',
    );
    expect(reading.standingWarnings).toEqual([`${reading.reason} Save a recipe if that is not what the columns mean.`]);
    expect(problems).toEqual([]);
    expect(samples).toEqual([
      {
        path: 'pictures/a.png',
        split: 'train',
        label: 'nevus',
        patient: 'P1',
        masks: [{ kind: 'lesion', path: 'masks/m1.png' }],
        metadata: { device: 'DermLite', age: 35 },
      },
      {
        path: 'pictures/b.png',
        split: 'test',
        label: 'melanoma',
        patient: 'P2',
        masks: [],
        metadata: { device: 'Canfield', age: 61 },
      },
    ]);
  });

  it.each([
    ['a path from another machine', '/home/ana/project/pictures/a.png'],
    ['a Windows path', String.raw`C:\project\pictures\a.png`],
    ['a path up and over', '../input/pictures/a.png'],
    ['a path in another case', 'PICTURES/A.PNG'],
    ['a path without extension', 'pictures/a'],
    ['a name without extension', 'a'],
    ['a name in another case', 'A.png'],
    ['another extension', 'a.jpg'],
    ['a decomposed path', 'pictures/a.png'.normalize('NFD')],
  ])('finds pictures by %s', async (_, cell) => {
    const { samples } = await readTree({ 'x.csv': `file,class\n"${cell}",yes\n`, 'pictures/a.png': tinyPng });
    expect(samples).toMatchObject([{ path: 'pictures/a.png', label: 'yes' }]);
  });

  it('never leaves the folder', async () => {
    await withTree({ 'secret.png': tinyPng, 'set/a.png': tinyPng }, async (folder) => {
      await growTree(join(folder, 'set'), { 'x.csv': 'path,label\na.png,1\n../secret.png,1\n' });
      const { samples, problems } = await readAll(join(folder, 'set'), { layout: 'csv' });
      expect(samples.map(({ path }) => path)).toEqual(['a.png']);
      expect(problems).toMatchObject([{ kind: 'row-without-picture' }]);
    });
  });

  it('takes the column whose cells are pictures, whatever it is called', async () => {
    const { reading, samples } = await readTree({
      'boxes.csv': 'patientId,x,y,Target\nu1,10,20,1\nu1,30,40,1\nu2,,,0\n',
      'stage_2_train_images/u1.dcm': '',
      'stage_2_train_images/u2.dcm': '',
    });
    expect(reading.reason).toContain('path from "patientId", label from "Target" and patient from "patientId"');
    expect(samples).toMatchObject([
      { path: 'stage_2_train_images/u1.dcm', label: '1', patient: 'u1' },
      { path: 'stage_2_train_images/u2.dcm', label: '0', patient: 'u2' },
    ]);
  });

  it('does not choose between files of one name in different folders', async () => {
    const { samples, problems } = await readTree(
      { 'x.csv': 'name,label\na.png,1\nb.png,0\n', 'p1/a.png': tinyPng, 'p2/a.png': tinyPng, 'p2/b.png': tinyPng },
      { layout: 'csv' },
    );
    expect(samples.map(({ path }) => path)).toEqual(['p2/b.png']);
    expect(problems[0]).toEqual({
      kind: 'ambiguous-picture',
      path: 'x.csv',
      sentence: 'Row 2 of "x.csv" names "a.png", of which there are 2 in different folders.',
    });
  });

  it('takes masks from folders beside the pictures where no column names any', async () => {
    const { samples } = await readTree({
      'x.csv': 'image,label\na.jpg,1\n',
      'images/a.jpg': tinyPng,
      'lesion masks/a.png': tinyPng,
    });
    expect(samples).toMatchObject([{ masks: [{ kind: 'lesion', path: 'lesion masks/a.png' }] }]);
  });

  it('is one of several: tables named after splits are read together', async () => {
    const { reading, samples } = await readTree({
      'train.csv': 'image,label\na.png,1\n',
      'val.csv': 'image,label\nb.png,0\n',
      'pictures/a.png': tinyPng,
      'pictures/b.png': tinyPng,
    });
    expect(reading.splits).toEqual(['train', 'val']);
    expect(samples).toMatchObject([
      { split: 'train', label: '1' },
      { split: 'val', label: '0' },
    ]);
  });

  it('is one of several: the one that says most is read, the others are named', async () => {
    const { reading } = await readTree({
      'a.csv': 'image\na.png\n',
      'b.csv': 'image,label\na.png,1\n',
      'pictures/a.png': tinyPng,
    });
    expect(reading.reason).toMatch(/^"b\.csv" .* Not used: "a\.csv"\.$/);
  });

  it('leaves out rows that do not fit, and says which', async () => {
    const { samples, problems } = await readTree({
      'x.csv': 'image,label\na.png,1,too,many\n,0\nb.png\nc.png,NaN,,\n',
      'a.png': tinyPng,
      'b.png': tinyPng,
      'c.png': tinyPng,
    });
    expect(samples).toMatchObject([
      { path: 'b.png', label: undefined },
      { path: 'c.png', label: undefined },
    ]);
    expect(problems.slice(0, 2)).toEqual([
      {
        kind: 'invalid-row',
        path: 'x.csv',
        sentence: 'Row 2 of "x.csv" has 4 cells where the header has 2; it is left out.',
      },
      { kind: 'invalid-row', path: 'x.csv', sentence: 'Row 3 of "x.csv" names no picture; it is left out.' },
    ]);
  });

  it('may break off in the middle, and then says so', async () => {
    const rows = Array.from({ length: 2000 }, (_, at) => `a${at}.png,1`);
    await withTree({ 'x.csv': `image,label\n${rows.join('\n')}\na,"b\n`, 'a0.png': tinyPng }, async (folder) => {
      await expect(readAll(folder)).rejects.toMatchObject({ code: 'dataset/invalid-table' });
    });
  });

  it('keeps numbers as numbers and codes as text', async () => {
    const { samples } = await readTree({
      'x.csv': 'image,a,b,c,d,e,__proto__\na.png,45.0,007,-1,1e400,NA,3\n',
      'a.png': tinyPng,
    });
    expect(Object.entries(samples[0]?.metadata ?? {}).toSorted()).toEqual(
      Object.entries({ a: 45, b: '007', c: -1, d: '1e400', ['__proto__']: 3 }).toSorted(),
    );
  });
});

const recipe: Recipe = {
  version: 1,
  table: 'labels.csv',
  pictures: 'pictures',
  columns: { path: 'image', label: 'device', masks: { lesion: 'lesion_mask' }, metadata: ['age'] },
};

describe('a recipe', () => {
  it('that lies in the folder is followed, before all other evidence', async () => {
    await withTree(lesions, async (folder) => {
      await saveRecipe(join(folder, 'mine.recipe.json'), recipe);
      expect(await loadRecipe(join(folder, 'mine.recipe.json'))).toEqual(recipe);
      const { reading, samples } = await readAll(folder);
      expect(reading.reason).toBe(
        '"labels.csv" names the pictures: path from "image", label from "device" and lesion mask from "lesion_mask" (by the recipe).',
      );
      expect(reading.standingWarnings).toEqual([]);
      expect(samples[0]).toEqual({
        path: 'pictures/a.png',
        split: undefined,
        label: 'DermLite',
        patient: undefined,
        masks: [{ kind: 'lesion', path: 'masks/m1.png' }],
        metadata: { age: 35 },
      });
    });
  });

  it('that is handed over goes before that of the folder', async () => {
    await withTree(lesions, async (folder) => {
      await saveRecipe(join(folder, 'mine.recipe.json'), recipe);
      const given = { ...recipe, columns: { path: 'image', label: 'diagnosis' } };
      expect((await readAll(folder, { recipe: given })).samples[0]?.label).toBe('nevus');
    });
  });

  it('says where the pictures lie when names leave it open', async () => {
    const plan = { 'x.csv': 'image\na.png\n', 'p1/a.png': tinyPng, 'p2/a.png': tinyPng };
    const given: Recipe = { version: 1, table: 'x.csv', pictures: 'p2', columns: { path: 'image' } };
    expect((await readTree(plan, { recipe: given })).samples.map(({ path }) => path)).toEqual(['p2/a.png']);
  });

  it('is proposed from what was guessed, to be saved and changed', async () => {
    await withTree(lesions, async (folder) => {
      const proposed = await proposeRecipe(folder);
      expect(proposed).toEqual({
        version: 1,
        table: 'labels.csv',
        columns: {
          path: 'image',
          label: 'diagnosis',
          split: 'fold',
          patient: 'patient',
          masks: { lesion: 'lesion_mask' },
        },
      });
      const before = await readAll(folder);
      if (proposed) await saveRecipe(join(folder, 'x.recipe.json'), proposed);
      expect((await readAll(folder)).samples).toEqual(before.samples);
      expect((await readFile(join(folder, 'x.recipe.json'), 'utf8')).endsWith('}\n')).toBe(true);
    });
    expect(await withTree(['a/1.png', 'b/1.png'], proposeRecipe)).toBeUndefined();
  });

  it.each([
    [
      'a column that is not there',
      { columns: { path: 'picture' } },
      'has no column "picture" that the recipe names; it has "image"',
    ],
    [
      'a table outside the folder',
      { table: '../labels.csv' },
      'The recipe "recipe" is not valid: table: must stay in the folder',
    ],
    ['a table that is not there', { table: 'none.csv' }, 'The table "none.csv" cannot be read (ENOENT)'],
  ])('with %s is refused', async (_, change, problem) => {
    await withTree(lesions, async (folder) => {
      const opening = readDataset(folder, { layout: 'csv', recipe: { ...recipe, ...change } });
      await expect(opening).rejects.toMatchObject({ code: 'dataset/invalid-table' });
      await expect(opening).rejects.toThrow(problem);
    });
  });

  it.each([
    ['no JSON', '{', 'is not valid JSON'],
    ['no table', '{"version":1,"columns":{"path":"a"}}', 'is not valid: table:'],
    ['a later version', '{"version":2,"table":"a","columns":{"path":"a"}}', 'is not valid: version:'],
    [
      'a table outside',
      '{"version":1,"table":"a/../../x.csv","columns":{"path":"a"}}',
      'is not valid: table: must stay',
    ],
    [
      'an absolute table',
      '{"version":1,"table":"/etc/x.csv","columns":{"path":"a"}}',
      'is not valid: table: must stay',
    ],
    [
      'pictures elsewhere',
      String.raw`{"version":1,"table":"x","pictures":"C:\\x","columns":{"path":"a"}}`,
      'is not valid: pictures: must',
    ],
    ['an unknown field', '{"version":1,"table":"a","columns":{"path":"a"},"x":1}', 'is not valid: '],
  ])('with %s is refused', async (_, text, problem) => {
    await withTree({ ...lesions, 'bad.recipe.json': text }, async (folder) => {
      const opening = readDataset(folder, { layout: 'csv' });
      await expect(opening).rejects.toMatchObject({ code: 'dataset/invalid-table' });
      await expect(opening).rejects.toThrow(`The recipe "bad.recipe.json" ${problem}`);
    });
  });

  it('is one: several in a folder are refused', async () => {
    await withTree({ ...lesions, 'a.recipe.json': '{}', 'b.recipe.json': '{}' }, async (folder) => {
      await expect(readDataset(folder, { layout: 'csv' })).rejects.toThrow(
        'several recipes (a.recipe.json and b.recipe.json)',
      );
    });
  });

  it('is saved under a name that says what it is', async () => {
    await withTree([], async (folder) => {
      await expect(saveRecipe(join(folder, 'recipe.json'), recipe)).rejects.toMatchObject({
        code: 'output/not-writable',
      });
      await expect(saveRecipe(join(folder, 'no', 'a.recipe.json'), recipe)).rejects.toMatchObject({
        code: 'output/not-writable',
      });
    });
  });
});
