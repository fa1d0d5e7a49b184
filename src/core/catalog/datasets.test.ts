import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalog, type Catalog } from './catalog.ts';
import type { NewDataset } from './datasets.ts';
import { createCatalogFolder, hashOf, makePrediction, makeSample, origin } from './small-catalog.ts';

const folder = createCatalogFolder();
let catalog: Catalog;
beforeAll(() => {
  catalog = openCatalog(folder.file);
});
afterAll(() => {
  catalog.close();
  folder.remove();
});

const lungs: NewDataset = {
  ...{ name: 'lungs', folder: '/data/lungs', layout: 'covid-qu-ex', profile: 'basic', recipe: { columns: ['a', 'b'] } },
};

describe('datasets', () => {
  it('come back as they were put in', () => {
    const before = Date.now();
    const dataset = catalog.datasets.insert(lungs);
    expect(dataset).toMatchObject(lungs);
    expect(dataset.importedMs).toBeGreaterThanOrEqual(before);
    expect(catalog.datasets.get(dataset.id)).toEqual(dataset);
    expect(catalog.datasets.find('lungs')).toEqual(dataset);
    expect(catalog.datasets.find('none')).toBeUndefined();
    expect(catalog.datasets.list()).toEqual([dataset]);
  });

  it('do not share a name', () => {
    expect(() => catalog.datasets.insert(lungs)).toThrow('There is a dataset "lungs" already; choose another name.');
    const skin = catalog.datasets.insert({ ...lungs, name: 'skin' });
    expect(() => catalog.datasets.update(skin.id, { name: 'lungs' })).toThrow('already');
    expect(catalog.datasets.update(skin.id, { name: 'skin', folder: '/moved' })).toEqual({ ...skin, folder: '/moved' });
  });

  it('that are not there are named', () => {
    for (const use of [
      () => catalog.datasets.get(99),
      () => catalog.datasets.update(99, { name: 'x' }),
      () => {
        catalog.datasets.delete(99);
      },
      () => catalog.samples.insertAll(99, [makeSample('a')]),
    ])
      expect(use).toThrow(expect.objectContaining({ code: 'dataset/unknown' }));
  });

  it('go with their samples and results, and leave those of others', () => {
    const [first, second] = ['one', 'two'].map((name) => catalog.datasets.insert({ ...lungs, name }).id);
    for (const id of [first, second]) catalog.samples.insertAll(id ?? 0, [makeSample('x.png', { label: 'Normal' })]);
    const model = catalog.models.insert({ sha256: hashOf('m'), file: 'm.onnx', labels: [], architecture: {} }).id;
    const setup = catalog.setups.insert({ model, kind: 'prediction', settings: {} }).id;
    expect(catalog.predictions.insertAll({ setup, origin }, [makePrediction('x.png', 0, 1)])).toBe(2);
    catalog.datasets.delete(first ?? 0);
    expect(catalog.samples.listByContent(hashOf('x.png')).map(({ datasetId }) => datasetId)).toEqual([second]);
    expect(catalog.predictions.countByClass(setup, second ?? 0)).toMatchObject([{ label: 'Normal', count: 1 }]);
  });
});
