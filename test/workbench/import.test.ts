import { chmod, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewMask } from '#core/catalog/index.ts';
import { createStudy, drawMask, drawNoise, readCatalogBytes, type Study } from './small-study.ts';

let study: Study;
beforeEach(async () => {
  study = await createStudy();
});
afterEach(() => study.remove());

const folders = { 'Train/nodule/a.png': 1, 'Train/normal/b.png': 2, 'Test/nodule/c.png': 3, 'Test/normal/d.png': 4 };

type Counts = readonly [added: number, changed: number, unchanged: number, removed: number];
const counts = (...[added, changed, unchanged, removed]: Counts): object => {
  return { samples: { added, changed, unchanged, removed } };
};
const pathsOf = (samples: ReturnType<Study['samples']>): readonly string[] => samples.map(({ path }) => path);
const thumbnailOf = (hash: string | undefined): Uint8Array | undefined =>
  study.look((catalog) => catalog.thumbnails.find(hash ?? '', 160));

/** A file with other content, but of the same size and time, which an import can only tell by reading it. */
async function replaceUnseen(file: string): Promise<Buffer> {
  const [before, { atimeMs, mtimeMs }] = [await readFile(file), await stat(file)];
  const after = before.map((byte, at) => (at === before.length - 1 ? byte ^ 1 : byte));
  await study.write('.', { [file.slice(study.folder.length + 1)]: after });
  await utimes(file, atimeMs / 1000, mtimeMs / 1000);
  return before;
}

describe('importing a folder', () => {
  it('brings in every picture with its hash, size, split, label and thumbnail', async () => {
    await study.write('lungs', folders);
    const report = await study.import('lungs');
    expect(report).toMatchObject({ ...counts(4, 0, 0, 0), unreadable: [], duplicates: [] });
    expect(report.dataset).toMatchObject({ name: 'lungs', layout: 'folders', profile: 'minimal' });
    const samples = study.samples('lungs');
    expect(samples.map(({ path, split, label, width, height }) => [path, split, label, width, height])).toEqual([
      ['Test/nodule/c.png', 'Test', 'nodule', 32, 32],
      ['Test/normal/d.png', 'Test', 'normal', 32, 32],
      ['Train/nodule/a.png', 'Train', 'nodule', 32, 32],
      ['Train/normal/b.png', 'Train', 'normal', 32, 32],
    ]);
    for (const { contentSha256 } of samples) expect(thumbnailOf(contentSha256)?.length).toBeGreaterThan(0);
    const listing = await study.workbench.listCatalog();
    expect(listing.jobs).toMatchObject([{ kind: 'import', state: 'done', done: 4, total: 4 }]);
  });

  it('reads nothing the second time', async () => {
    await study.write('lungs', folders);
    await study.import('lungs');
    const before = study.samples('lungs');
    await replaceUnseen(study.at('lungs/Train/nodule/a.png'));
    expect(await study.import('lungs')).toMatchObject(counts(0, 0, 4, 0));
    expect(study.samples('lungs')).toEqual(before);
  });

  it('reads what changed, adds what is new and forgets what is gone', async () => {
    await study.write('lungs', folders);
    await study.import('lungs');
    const before = study.samples('lungs');
    await study.write('lungs', { 'Train/nodule/a.png': await drawNoise(9, [20, 10]), 'Test/normal/e.png': 5 });
    await rm(study.at('lungs/Test/normal/d.png'));
    expect(await study.import('lungs')).toMatchObject(counts(1, 1, 2, 1));
    const after = study.samples('lungs');
    expect(pathsOf(after)).toEqual([
      'Test/nodule/c.png',
      'Test/normal/e.png',
      'Train/nodule/a.png',
      'Train/normal/b.png',
    ]);
    expect(after[2]).toMatchObject({ id: before[2]?.id, width: 20, height: 10 });
    expect(after[2]?.contentSha256).not.toBe(before[2]?.contentSha256);
    expect([after[0], after[3]]).toEqual([before[0], before[3]]);
  });

  it('lists what cannot be used with the reason, tries it again when asked, and leaves the rest be', async () => {
    const whole = await drawNoise(7);
    await study.write('lungs', {
      ...folders,
      'Train/nodule/cut.png': whole.subarray(0, 100),
      'Train/nodule/empty.png': '',
    });
    const report = await study.import('lungs');
    expect(report).toMatchObject(counts(6, 0, 0, 0));
    expect(report.unreadable.map(({ path }) => path)).toEqual(['Train/nodule/cut.png', 'Train/nodule/empty.png']);
    for (const { reason } of report.unreadable) expect(reason).toMatch(/^"?(cut|empty)\.png"? .+[.]$/);
    await study.write('lungs', { 'Train/nodule/cut.png': whole });
    expect(await study.import('lungs')).toMatchObject({
      ...counts(0, 1, 5, 0),
      unreadable: [{ path: 'Train/nodule/empty.png' }],
    });
  });

  it('refuses a name that stands for another folder, and another profile, changing nothing', async () => {
    await study.write('lungs', folders);
    await study.write('others', { 'nodule/a.png': 1, 'normal/b.png': 2 });
    await study.import('lungs', { profile: 'research' });
    const before = study.samples('lungs');
    await expect(study.import('others', { name: 'lungs' })).rejects.toMatchObject({ code: 'request/invalid' });
    await expect(study.import('lungs', { profile: 'none' })).rejects.toMatchObject({ code: 'request/invalid' });
    expect(study.samples('lungs')).toEqual(before);
    expect(await study.import('lungs')).toMatchObject({ ...counts(0, 0, 4, 0), dataset: { profile: 'research' } });
  });

  it.each(['at once', 'when all is compared'])('ends as cancelled when it is cancelled %s', async (moment) => {
    await study.write('lungs', folders);
    if (moment !== 'at once') await study.import('lungs');
    await study.write('lungs', { 'Test/normal/e.png': 5 });
    const controller = new AbortController();
    if (moment === 'at once') controller.abort();
    const onProgress = (): void => {
      controller.abort();
    };
    const control = { signal: controller.signal, onProgress };
    const work = study.workbench.importDataset({ folder: study.at('lungs') }, control);
    await expect(work).rejects.toMatchObject({ code: 'job/cancelled' });
    expect(await study.import('lungs')).toMatchObject(moment === 'at once' ? counts(5, 0, 0, 0) : counts(1, 0, 4, 0));
  });
});

describe('what a table says', () => {
  const table = (rows: string): Readonly<Record<string, string | number>> => {
    return { 'labels.csv': `image,label,split,patient,age\n${rows}`, 'a.png': 1, 'b.png': 2 };
  };

  it('is brought up to date without a look at the pictures', async () => {
    await study.write('lesions', table('a.png,nevus,train,P-4711,35\nb.png,nevus,train,P-0815,61\n'));
    await study.import('lesions');
    const before = study.samples('lesions');
    await replaceUnseen(study.at('lesions/a.png'));
    await study.write('lesions', {
      'labels.csv': table('a.png,melanoma,test,P-0815,35\nb.png,nevus,train,P-0815,61\n')['labels.csv'] ?? '',
    });
    expect(await study.import('lesions')).toMatchObject(counts(0, 0, 2, 0));
    const [a, b] = study.samples('lesions');
    expect(a).toEqual({ ...before[0], label: 'melanoma', split: 'test', patientHash: before[1]?.patientHash });
    expect(b).toEqual(before[1]);
  });

  it('of a row that stands there twice counts once, also the second time', async () => {
    await study.write(
      'lesions',
      table('a.png,nevus,train,P1,35\na.png,melanoma,train,P1,35\nb.png,nevus,train,P2,6\n'),
    );
    expect(await study.import('lesions')).toMatchObject(counts(2, 0, 0, 0));
    expect(await study.import('lesions')).toMatchObject(counts(0, 0, 2, 0));
    expect(study.samples('lesions').map(({ label }) => label)).toEqual(['nevus', 'nevus']);
  });

  it('of patients never reaches the catalog, and of other facts what the profile allows', async () => {
    await study.write('lesions', table('a.png,nevus,train,P-4711,35\nb.png,nevus,train,P-4711,61\n'));
    for (const profile of ['minimal', 'research', 'none'] as const)
      await study.import('lesions', { name: profile, profile });
    const metadata = (name: string): unknown => study.samples(name).map((sample) => sample.metadata);
    expect(metadata('minimal')).toEqual([{}, {}]);
    expect(metadata('research')).toEqual([{ age: '35-39' }, { age: '60-64' }]);
    expect(metadata('none')).toMatchObject([{ age: 35 }, { age: 61 }]);
    const [first, second] = study.samples('minimal');
    expect(first?.patientHash).toMatch(/^[\da-f]{32}$/);
    expect(second?.patientHash).toBe(first?.patientHash);
    expect(study.samples('research')[0]?.patientHash).not.toBe(first?.patientHash);
    expect(readCatalogBytes(study.catalog).includes('P-4711')).toBe(false);
    expect(readCatalogBytes(study.catalog).includes('nevus')).toBe(true);
  });

  it('is read by the same recipe the next time, until another one is given', async () => {
    const recipe = (label: string): string =>
      JSON.stringify({ version: 1, table: 'labels.csv', columns: { path: 'image', label } });
    await study.write('lesions', table('a.png,nevus,train,P1,35\nb.png,scar,train,P2,61\n'));
    await study.write('recipes', { 'split.json': recipe('split'), 'age.json': recipe('age') });
    const labels = (): unknown => study.samples('lesions').map(({ label }) => label);
    await study.import('lesions', { recipeFile: study.at('recipes/split.json') });
    expect(labels()).toEqual(['train', 'train']);
    expect(await study.import('lesions')).toMatchObject(counts(0, 0, 2, 0));
    expect(labels()).toEqual(['train', 'train']);
    await study.import('lesions', { recipeFile: study.at('recipes/age.json') });
    await study.import('lesions', { layout: 'auto' });
    expect(labels()).toEqual(['35', '61']);
  });

  it('of findings is judged by the same finding the next time, also in a preview', async () => {
    const header = 'Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position';
    await study.write('films', {
      'Data_Entry_2017.csv': `${header}\na.png,Effusion|Mass,0,1,60,M,PA\nb.png,Mass,0,2,61,F,PA\n`,
      ...{ 'images/a.png': 1, 'images/b.png': 2 },
    });
    await study.import('films', { finding: 'Effusion' });
    const before = study.samples('films').map(({ label }) => label);
    expect(new Set(before).size).toBe(2);
    const preview = await study.workbench.previewImport({ folder: study.at('films'), layout: 'auto' });
    expect(preview.summary.tables).toEqual((await study.import('films')).summary.tables);
    expect(study.samples('films').map(({ label }) => label)).toEqual(before);
  });

  it('of further facts is kept where the user vouches for it, and stays so for new pictures', async () => {
    const rows = 'a.png,nevus,train,P1,0.5\n';
    const named = (text: string): string => text.replace(',age', ',border');
    await study.write('lesions', { 'labels.csv': named(table(rows)['labels.csv'] as string), 'a.png': 1, 'b.png': 2 });
    const metadata = (): unknown => study.samples('lesions').map((sample) => sample.metadata);
    await study.import('lesions');
    expect(metadata()).toEqual([{}]);
    await study.import('lesions', { keep: ['border'] });
    expect(metadata()).toEqual([{ border: 0.5 }]);
    const more = named(table(`${rows}b.png,nevus,train,P2,0.7\n`)['labels.csv'] as string);
    await study.write('lesions', { 'labels.csv': more });
    await study.import('lesions');
    expect(metadata()).toEqual([{ border: 0.5 }, { border: 0.7 }]);
  });
});

describe('masks', () => {
  const rows = 'image,label,lung_mask\np/a.png,x,m/1.png\np/b.png,x,m/2.png\np/c.png,x,\np/d.png,x,m/4.png\n';

  it('are known as drawn, empty, missing or unreadable', async () => {
    await study.write('lungs', {
      ...{ 'labels.csv': rows, 'p/a.png': 1, 'p/b.png': 2, 'p/c.png': 3, 'p/d.png': 4 },
      ...{ 'm/1.png': await drawMask(50), 'm/2.png': await drawMask(0), 'm/4.png': 'no picture' },
    });
    const report = await study.import('lungs');
    const masks = (): unknown =>
      study.look((catalog) =>
        study.samples('lungs').map(({ id }) => catalog.masks.list(id).map(({ kind, isEmpty }) => [kind, isEmpty])),
      );
    expect(masks()).toEqual([[['lung', false]], [['lung', true]], [], [['lung', undefined]]]);
    expect(JSON.stringify(report.summary)).toContain('empty');
    await study.write('lungs', {
      'labels.csv': rows.replace('c.png,x,', 'c.png,x,m/3.png'),
      'm/3.png': await drawMask(0),
    });
    expect(await study.import('lungs')).toMatchObject(counts(0, 0, 4, 0));
    expect(masks()).toEqual([[['lung', false]], [['lung', true]], [['lung', true]], [['lung', undefined]]]);
  });

  const changedMasks = async (): Promise<number> => (await study.import('lungs')).samples.changedMasks;
  const lungOf = (place: number): NewMask | undefined =>
    study.look((catalog) => catalog.masks.list(study.samples('lungs')[place]?.id ?? 0))[0];

  it('that are corrected under their name are noticed and read again, by which the catalog forgets what was booked for them', async () => {
    await study.write('lungs', {
      ...{ 'labels.csv': rows, 'p/a.png': 1, 'p/b.png': 2, 'p/c.png': 3, 'p/d.png': 4 },
      ...{ 'm/1.png': await drawMask(50), 'm/2.png': await drawMask(0), 'm/4.png': await drawMask(9) },
    });
    expect(await changedMasks()).toBe(0);
    const [before, untouched] = [lungOf(0), lungOf(1)];
    expect(before?.sha256).toMatch(/^[0-9a-f]{64}$/);
    await study.write('lungs', { 'm/1.png': await drawMask(0), 'm/4.png': 'no picture' });
    expect(await study.import('lungs')).toMatchObject({ samples: { unchanged: 4, changedMasks: 2 } });
    expect(lungOf(0)).toMatchObject({ isEmpty: true });
    expect(lungOf(0)?.sha256).not.toBe(before?.sha256);
    expect(lungOf(1)).toEqual(untouched);
    expect(lungOf(3)).toEqual({ kind: 'lung', path: 'm/4.png' });
    expect(await changedMasks()).toBe(0);
    await study.write('lungs', { 'm/4.png': await drawMask(9) });
    expect(await changedMasks()).toBe(0);
    expect(lungOf(3)).toMatchObject({ isEmpty: false });
  });

  it('that were only touched are the same ones', async () => {
    await study.write('lungs', { 'labels.csv': rows, 'p/a.png': 1, 'm/1.png': await drawMask(50) });
    await study.import('lungs');
    const before = lungOf(0);
    await utimes(study.at('lungs/m/1.png'), 1, 1);
    expect(await changedMasks()).toBe(0);
    expect(lungOf(0)).toEqual({ ...before, mtimeMs: 1000 });
  });
});

describe('pictures that stand in a dataset twice', () => {
  const part = (name: string): string => `${name} Segmentation Data/${name} Segmentation Data`;

  it('are linked: of COVID-QU-Ex the one in the lung part counts', async () => {
    const shared = await drawNoise(1);
    await study.write('covid', {
      [`${part('Infection')}/Test/COVID-19/images/covid_1.png`]: shared,
      [`${part('Infection')}/Test/COVID-19/infection masks/covid_1.png`]: await drawMask(9),
      [`${part('Lung')}/Test/COVID-19/images/covid_1.png`]: shared,
      [`${part('Lung')}/Test/Normal/images/Normal (2).png`]: 2,
      [`${part('Lung')}/Test/Non-COVID/images/non_COVID (3).png`]: 3,
    });
    const report = await study.import('covid');
    expect(report.dataset.layout).toBe('covid-qu-ex');
    const samples = study.samples('covid');
    const [infection, lung, ...others] = samples;
    expect([infection?.collection, lung?.collection]).toEqual(['infection', 'lung']);
    expect(infection?.primaryId).toBe(lung?.id);
    expect([lung, ...others].map((sample) => sample?.primaryId)).toEqual([undefined, undefined, undefined]);
  });

  it('are linked to another one when the first is gone', async () => {
    const shared = await drawNoise(1);
    await study.write('lungs', { 'nodule/a.png': shared, 'nodule/b.png': shared, 'normal/c.png': shared });
    const report = await study.import('lungs');
    expect(report.duplicates.join(' ')).not.toBe('');
    const [a, b, c] = study.samples('lungs');
    expect([a?.primaryId, b?.primaryId, c?.primaryId]).toEqual([undefined, a?.id, a?.id]);
    await rm(study.at('lungs/nodule/a.png'));
    await study.import('lungs');
    expect(study.samples('lungs').map(({ primaryId }) => primaryId)).toEqual([undefined, b?.id]);
  });
});

it.skipIf(process.getuid?.() === 0)(
  'a picture that may not be read is listed (needs a user other than root)',
  async () => {
    await study.write('lungs', folders);
    await chmod(study.at('lungs/Test/normal/d.png'), 0);
    const report = await study.import('lungs');
    expect(report.unreadable).toMatchObject([
      { path: 'Test/normal/d.png', reason: expect.stringContaining('EACCES') as string },
    ]);
  },
);

it('a folder that was moved is another folder, and may have another name', async () => {
  await study.write('lungs', folders);
  await study.import('lungs');
  await rename(study.at('lungs'), study.at('moved'));
  await expect(study.import('moved', { name: 'lungs' })).rejects.toMatchObject({ code: 'request/invalid' });
  expect(await study.import('moved')).toMatchObject(counts(4, 0, 0, 0));
  await expect(study.import('lungs')).rejects.toMatchObject({ code: 'dataset/not-found' });
  expect(study.samples('lungs')).toHaveLength(4);
});
