import { readFileSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalog, type Catalog } from '../catalog.ts';
import {
  createCatalogFolder,
  fillCatalog,
  hashOf,
  makePrediction,
  makeSample,
  origin,
  type CatalogFolder,
} from '../small-catalog.ts';
import { arrayPath } from '../stores/array-store.ts';
import type { NewVariant } from '../variants.ts';

/** `lungs` shows the pictures own, shared and empty; `others` shared and else. */
let folder: CatalogFolder;
let catalog: Catalog;
let [lungs, others]: readonly number[] = [];
/** By picture. */
let arrays: Readonly<Record<string, string>>;
beforeEach(async () => {
  folder = createCatalogFolder();
  const masks = [{ kind: 'lung', path: 'lung/own.png' }];
  const samples = [makeSample('own', { masks }), makeSample('shared'), makeSample('empty')];
  const filled = fillCatalog(folder.file, samples);
  catalog = filled.catalog;
  const dataset = { folder: '/data/others', layout: 'csv', profile: 'basic', recipe: {} } as const;
  [lungs, others] = [filled.dataset, catalog.datasets.insert({ name: 'others', ...dataset }).id];
  catalog.samples.insertAll(others, [
    makeSample('there/shared', { contentSha256: hashOf('shared') }),
    makeSample('else'),
  ]);
  const pictures = ['own', 'shared', 'else'];
  catalog.predictions.insertAll(
    { setup: filled.setup, origin },
    pictures.map((name) => makePrediction(name, 1, 0.5)),
  );
  const setup = catalog.setups.insert({ model: filled.model, kind: 'attribution', settings: {} }).id;
  const saved = pictures.map(async (name, at) => [name, await attribute(setup, name, at)] as const);
  arrays = Object.fromEntries(await Promise.all(saved));
  const varying = catalog.setups.insert({ model: filled.model, kind: 'variant', settings: {} }).id;
  catalog.variants.insertAll({ setup: varying, origin }, pictures.map(describeVariant));
  const bytes = new TextEncoder().encode('A SMALL PICTURE');
  const thumbnails = [...pictures, 'empty'].map((name) => ({ contentSha256: hashOf(name), size: 64, bytes }));
  catalog.thumbnails.insertAll(thumbnails);
  const [sample] = catalog.samples.listByContent(hashOf('own'));
  catalog.tags.insert('odd', [sample?.id ?? 0]);
  for (const name of ['lungs', 'lungs', 'others']) finishJob(name);
});
afterEach(() => {
  catalog.close();
  folder.remove();
});

async function attribute(setup: number, name: string, value: number): Promise<string> {
  const arraySha256 = await catalog.arrays.save({ shape: [1], values: Float32Array.of(value) });
  const facts = { composite: 'A', target: 0, initialRelevance: 1, sum: 1, provenance: {}, arraySha256 };
  catalog.attributions.insertAll({ setup, origin }, [{ ...facts, contentSha256: hashOf(name) }]);
  return arraySha256;
}

/** Its map is the one of the unchanged picture. */
const describeVariant = (name: string): NewVariant => ({
  ...{ contentSha256: hashOf(name), target: 0, variant: 'flip', definition: {}, measured: {} },
  ...{ logits: Float32Array.of(1), arraySha256: arrays[name] },
});

function startJob(dataset: string): number {
  const { id } = catalog.jobs.insert({ kind: 'import', settings: { dataset }, total: 1 });
  return catalog.jobs.start(id).id;
}

function finishJob(dataset: string): void {
  catalog.jobs.finish(startJob(dataset));
}

const remove = (id: number | undefined): ReturnType<Catalog['deleteDataset']> => catalog.deleteDataset(id ?? 0);
const contents = {
  samples: 3,
  masks: 1,
  marks: 0,
  reviews: 0,
  tags: 1,
  predictions: 2,
  attributions: 2,
  concepts: 0,
  variants: 2,
  jobs: 2,
};
const namesKept = (has: (name: string) => boolean): readonly string[] => ['own', 'shared', 'else', 'empty'].filter(has);
const keptArrays = (): readonly string[] => namesKept((name) => catalog.arrays.has(arrays[name] ?? ''));
const keptThumbnails = (): readonly string[] =>
  namesKept((name) => catalog.thumbnails.find(hashOf(name), 64) !== undefined);

describe('deleting a dataset', () => {
  it('takes what was counted, and of the files those that nothing else shows or names', async () => {
    const before = catalog.samples.listFiles(others ?? 0).map(({ id }) => [catalog.samples.get(id), resultsOf(id)]);
    expect(catalog.datasets.countContents(lungs ?? 0)).toEqual(contents);
    expect(remove(lungs)).toEqual({ ...contents, removedArrays: 1, removedThumbnails: 2 });
    expect(catalog.datasets.list().map(({ name }) => name)).toEqual(['others']);
    expect(catalog.jobs.list().map(({ settings }) => settings)).toEqual([{ dataset: 'others' }]);
    const after = catalog.samples.listFiles(others ?? 0).map(({ id }) => [catalog.samples.get(id), resultsOf(id)]);
    expect(after).toEqual(before);
    expect([keptArrays(), keptThumbnails()]).toEqual([
      ['shared', 'else'],
      ['shared', 'else'],
    ]);
    expect(await catalog.check()).toEqual({ sound: true, findings: [], arrays: 2 });
  });

  it('one after the other leaves nothing', async () => {
    remove(lungs);
    expect(remove(others)).toMatchObject({ samples: 2, attributions: 2, removedArrays: 2, removedThumbnails: 2 });
    expect([keptArrays(), keptThumbnails(), catalog.jobs.list()]).toEqual([[], [], []]);
    expect(await catalog.check()).toEqual({ sound: true, findings: [], arrays: 0 });
    for (const end of ['', '-wal'])
      expect(readFileSync(`${folder.file}.thumbnails${end}`).includes('A SMALL PICTURE')).toBe(false);
  });

  it('that is not there says so', () => {
    expect(() => remove(99)).toThrow(expect.objectContaining({ code: 'dataset/unknown' }));
    expect(catalog.datasets.countContents(99)).toMatchObject({ samples: 0, jobs: 0 });
  });

  it('waits for jobs that work on it, and changes nothing', () => {
    const job = startJob('lungs');
    const sentence = `A job works on the dataset "lungs"; wait for it, or cancel job ${job}.`;
    expect(() => remove(lungs)).toThrow(expect.objectContaining({ code: 'catalog/busy', message: sentence }));
    expect(catalog.datasets.countContents(lungs ?? 0)).toEqual({ ...contents, jobs: 3 });
    catalog.jobs.cancel(job);
    expect(remove(lungs)).toMatchObject({ jobs: 3 });
  });

  it('leaves young arrays while a job on another dataset may be about to name them', () => {
    const job = startJob('others');
    expect(remove(lungs)).toMatchObject({ removedArrays: 0 });
    catalog.jobs.finish(job);
    const old = new Date(Date.now() - 7_200_000);
    utimesSync(arrayPath(folder.file, arrays['own'] ?? ''), old, old);
    expect(catalog.compact()).toMatchObject({ removedArrays: 1, removedThumbnails: 0 });
  });

  it('that was broken off before the files went is finished by compact', async () => {
    catalog.datasets.delete(lungs ?? 0);
    catalog.close();
    catalog = openCatalog(folder.file);
    const { sound, findings } = await catalog.check();
    expect([sound, findings.map(({ severity }) => severity)]).toEqual([true, ['remark']]);
    expect(catalog.compact({ orphanAgeMs: 0 })).toMatchObject({ removedArrays: 1, removedThumbnails: 2 });
    expect([keptArrays(), keptThumbnails()]).toEqual([
      ['shared', 'else'],
      ['shared', 'else'],
    ]);
  });
});

function resultsOf(id: number): unknown {
  const setups = catalog.models.list().flatMap((model) => catalog.setups.list(model.id));
  return [catalog.attributions.list(id), setups.map((setup) => catalog.predictions.find(setup.id, id))];
}
