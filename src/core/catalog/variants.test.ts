import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Catalog } from './catalog.ts';
import { createCatalogFolder, fillCatalog, hashOf, makeSample, origin, type CatalogFolder } from './small-catalog.ts';
import type { NewVariant } from './variants.ts';

/** `copy` shows the picture of `a`. */
let folder: CatalogFolder;
let catalog: Catalog;
let [dataset, model, setup] = [0, 0, 0];
beforeEach(() => {
  folder = createCatalogFolder();
  const samples = [makeSample('a'), makeSample('b'), makeSample('copy', { contentSha256: hashOf('a') })];
  ({ catalog, dataset, model } = fillCatalog(folder.file, samples));
  setup = catalog.setups.insert({ model, kind: 'variant', settings: { composite: 'A' } }).id;
});
afterEach(() => {
  catalog.close();
  folder.remove();
});

const idOf = (path: string): number => catalog.samples.find(dataset, path)?.id ?? 0;
const saveMap = (value: number): Promise<string> =>
  catalog.arrays.save({ shape: [1, 1], values: Float32Array.of(value) });

async function makeVariant(content: string, more: Partial<NewVariant> = {}): Promise<NewVariant> {
  return {
    ...{ contentSha256: hashOf(content), target: 1, variant: 'flip', definition: { augmentation: 'flip' } },
    ...{ logits: Float32Array.of(1, 2), arraySha256: await saveMap(more.target ?? 1), measured: { drift: 0.5 } },
    ...more,
  };
}

it('come back with all that they come from, at every sample that shows the picture', async () => {
  const measured = {
    drift: 0.25,
    distances: { ssim: { value: NaN, reason: 'a map is constant' }, cosine: { value: 1 } },
  };
  const variant = await makeVariant('a', { measured });
  expect(catalog.variants.insertAll({ setup, origin }, [variant])).toBe(2);
  const [kept] = catalog.variants.list(setup, idOf('a'));
  const copies = catalog.variants.list(setup, idOf('copy'));
  expect(kept).toMatchObject({ ...variant, setup, sampleId: idOf('a'), origin });
  expect(copies.map((copy) => copy.measured)).toEqual([measured]);
  expect(catalog.variants.find(kept?.id ?? 0)).toEqual(kept);
  expect(catalog.variants.list(setup, idOf('b'))).toEqual([]);
  expect(catalog.variants.find(99)).toBeUndefined();
});

it('one that cannot be made says why, and has neither map nor prediction', async () => {
  const reason = 'the picture is smaller than the kernel';
  const { contentSha256, target, definition } = await makeVariant('b');
  catalog.variants.insertAll({ setup, origin }, [{ contentSha256, target, definition, variant: 'blur', measured: { reason } }]); // prettier-ignore
  const [kept] = catalog.variants.list(setup, idOf('b'));
  expect(kept).toMatchObject({ variant: 'blur', measured: { reason } });
  expect([kept?.logits, kept?.arraySha256]).toEqual([undefined, undefined]);
});

it('a later one takes the place of an earlier one; other classes stand beside it', async () => {
  const first = await makeVariant('b');
  catalog.variants.insertAll({ setup, origin }, [first, await makeVariant('b', { target: 0 })]);
  catalog.variants.insertAll({ setup, origin }, [{ ...first, measured: { drift: 0.75 } }]);
  const kept = catalog.variants.list(setup, idOf('b'));
  expect(kept.map(({ target, measured }) => [target, measured])).toEqual([
    [0, { drift: 0.5 }],
    [1, { drift: 0.75 }],
  ]);
});

it('a map that is not in the store is refused, and nothing of the batch is kept', async () => {
  const batch = [await makeVariant('a'), await makeVariant('b', { arraySha256: hashOf('no array') })];
  expect(() => catalog.variants.insertAll({ setup, origin }, batch)).toThrow("is not in the catalog's store");
  expect(catalog.variants.list(setup, idOf('a'))).toEqual([]);
});

it('their arrays are known to check and upkeep, and go with their sample', async () => {
  catalog.variants.insertAll({ setup, origin }, [await makeVariant('b')]);
  const [kept] = catalog.variants.list(setup, idOf('b'));
  catalog.compact({ orphanAgeMs: 0 });
  expect(catalog.arrays.has(kept?.arraySha256 ?? '')).toBe(true);
  expect(await catalog.check()).toEqual({ sound: true, findings: [], arrays: 1 });
  expect(catalog.datasets.countContents(dataset)).toMatchObject({ variants: 1 });
  expect(catalog.deleteDataset(dataset)).toMatchObject({ variants: 1, removedArrays: 1 });
  expect(await catalog.check()).toEqual({ sound: true, findings: [], arrays: 0 });
});

it('a sample imported later that shows the same picture has them too; one whose picture changes loses them', async () => {
  catalog.variants.insertAll({ setup, origin }, [await makeVariant('b')]);
  catalog.samples.insertAll(dataset, [makeSample('later', { contentSha256: hashOf('b') })]);
  expect(catalog.variants.list(setup, idOf('later'))).toHaveLength(1);
  catalog.samples.updateAll(dataset, [makeSample('b', { contentSha256: hashOf('another') })]);
  expect(catalog.variants.list(setup, idOf('b'))).toEqual([]);
  expect(catalog.variants.list(setup, idOf('later'))).toHaveLength(1);
});

it('cards are kept by setup and dataset, the latest first, and go with the dataset', () => {
  const other = catalog.setups.insert({ model, kind: 'quality', settings: { composite: 'B' } }).id;
  const quality = catalog.setups.insert({ model, kind: 'quality', settings: { composite: 'A' } }).id;
  catalog.qualityCards.put({ setup: other, dataset, card: { mean: NaN }, origin });
  catalog.qualityCards.put({ setup: quality, dataset, card: { mean: 1 }, origin });
  catalog.qualityCards.put({ setup: quality, dataset, card: { mean: 2 }, origin });
  const cards = catalog.qualityCards.list(model).map(({ settings, card }) => [settings, card]);
  expect(cards).toHaveLength(2);
  expect(cards).toContainEqual([{ composite: 'A' }, { mean: 2 }]);
  expect(cards).toContainEqual([{ composite: 'B' }, { mean: NaN }]);
  catalog.deleteDataset(dataset);
  expect(catalog.qualityCards.list(model)).toEqual([]);
});
