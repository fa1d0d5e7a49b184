import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewAttribution } from './attributions.ts';
import type { Catalog } from './catalog.ts';
import {
  createCatalogFolder,
  fillCatalog,
  hashOf,
  makePrediction,
  makeSample,
  origin,
  type CatalogFolder,
} from './small-catalog.ts';

let folder: CatalogFolder;
let catalog: Catalog;
let dataset: number;
let model: number;
let setup: number;
beforeEach(() => {
  folder = createCatalogFolder();
  const samples = [
    ...[makeSample('a', { label: 'Normal' }), makeSample('b', { label: 'Normal' }), makeSample('c', { split: 'Test' })],
    makeSample('copy of a', { contentSha256: hashOf('a'), collection: 'infection' }),
    makeSample('unreadable', { unreadable: 'It is cut off.' }),
    makeSample('not hashed', { contentSha256: undefined }),
  ];
  ({ catalog, dataset, model, setup } = fillCatalog(folder.file, samples));
});
afterEach(() => {
  catalog.close();
  folder.remove();
});

const idOf = (path: string): number => catalog.samples.find(dataset, path)?.id ?? 0;
const pathsOf = (samples: readonly { path: string }[]): readonly string[] => samples.map(({ path }) => path);

describe('models and setups', () => {
  const network = { sha256: hashOf('n'), file: 'n.onnx', labels: ['x'], architecture: { layers: ['a'] } };

  it('models come back as they were put in', () => {
    const known = catalog.models.insert({ ...network, title: 'N', manifestSha256: hashOf('manifest') });
    expect(known).toMatchObject({ ...network, title: 'N', manifestSha256: hashOf('manifest') });
    expect(catalog.models.find(network.sha256)).toEqual(known);
    expect(pathsOfModels()).toEqual(['model.onnx', 'n.onnx']);
    expect(catalog.models.find(hashOf('none'))).toBeUndefined();
    expect(() => catalog.models.get(99)).toThrow(expect.objectContaining({ code: 'model/not-found' }));
  });

  it('a model put in again keeps its id and results, and has its names anew', () => {
    catalog.predictions.insertAll({ setup, origin }, [makePrediction('a', 0, 1)]);
    const again = catalog.models.insert({ ...network, sha256: hashOf('model'), labels: ['A', 'B', 'C'] });
    expect(again).toMatchObject({ id: model, file: 'n.onnx', labels: ['A', 'B', 'C'], title: undefined });
    expect(catalog.predictions.find(setup, idOf('a'))).toBeDefined();
  });

  it('a setup is the same whatever the order of its settings', () => {
    const kind = 'attribution';
    const first = catalog.setups.insert({ model, kind, settings: { composite: 'A', target: 'predicted' } });
    const second = catalog.setups.insert({ model, kind, settings: { target: 'predicted', composite: 'A' } });
    expect(second).toEqual(first);
    expect(catalog.setups.find({ model, kind, settings: { composite: 'B' } })).toBeUndefined();
    expect(catalog.setups.find({ model, kind: 'concept', settings: first.settings as object })).toBeUndefined();
    expect(catalog.setups.list(model).map(({ id }) => id)).toEqual([setup, first.id]);
    // sha256sum of {"composite":"A","target":"predicted"}
    expect(first.settingsSha256).toBe('1b8ce116c9cd51d9ec361c8ee282f34c7a818f4824c326f6adc3a8797159f571');
  });

  it('go with their results', () => {
    catalog.predictions.insertAll({ setup, origin }, [makePrediction('a', 0, 1)]);
    catalog.setups.delete(setup);
    expect(catalog.predictions.find(setup, idOf('a'))).toBeUndefined();
    expect(() => catalog.setups.get(setup)).toThrow('There is no setup');
    catalog.models.delete(model);
    expect(pathsOfModels()).toEqual([]);
    expect(() => {
      catalog.models.delete(model);
    }).toThrow('There is no model');
  });

  const pathsOfModels = (): readonly string[] => catalog.models.list().map(({ file }) => file);
});

describe('predictions', () => {
  it('come back with all that they come from', () => {
    const prediction = makePrediction('a', 1, 0.75);
    catalog.predictions.insertAll({ setup, origin: { version: '1.2.3', provider: 'webgpu', adapter: 'X' } }, [
      prediction,
    ]);
    const found = catalog.predictions.find(setup, idOf('a'));
    expect(found).toEqual({
      ...prediction,
      ...{ setup, sampleId: idOf('a'), origin: { version: '1.2.3', provider: 'webgpu', adapter: 'X' } },
      createdMs: found?.createdMs,
    });
    expect(Math.abs(Date.now() - (found?.createdMs ?? 0))).toBeLessThan(60_000);
    const { settings, settingsSha256 } = catalog.setups.get(found?.setup ?? 0);
    expect([settings, settingsSha256.length]).toEqual([{ resize: 224 }, 64]);
    expect(catalog.models.get(catalog.setups.get(setup).model).sha256).toBe(hashOf('model'));
  });

  it('what a job has to do is every readable picture once, and nothing when it is done', () => {
    expect(pathsOf(catalog.predictions.listMissing(setup, { dataset }))).toEqual(['a', 'b', 'c']);
    catalog.predictions.insertAll({ setup, origin }, [makePrediction('b', 0, 1)]);
    expect(catalog.predictions.listMissing(setup, { dataset })).toEqual([
      { id: idOf('a'), path: 'a', contentSha256: hashOf('a') },
      { id: idOf('c'), path: 'c', contentSha256: hashOf('c') },
    ]);
    expect(pathsOf(catalog.predictions.listMissing(setup, { dataset, split: 'Test' }))).toEqual(['c']);
    expect(pathsOf(catalog.predictions.listMissing(setup, { dataset, collection: 'infection' }))).toEqual([
      'copy of a',
    ]);
    catalog.predictions.insertAll({ setup, origin }, [makePrediction('a', 0, 1), makePrediction('c', 0, 1)]);
    expect(catalog.predictions.listMissing(setup, { dataset })).toEqual([]);
    expect(catalog.predictions.listMissing(setup, { dataset, collection: 'infection' })).toEqual([]);
    const other = catalog.setups.insert({ model, kind: 'prediction', settings: {} }).id;
    expect(pathsOf(catalog.predictions.listMissing(other, { dataset }))).toEqual(['a', 'b', 'c']);
  });

  it('take the place of earlier ones; those of pictures gone are passed over', () => {
    catalog.predictions.insertAll({ setup, origin }, [makePrediction('a', 0, 0.4)]);
    const results = [makePrediction('a', 2, 0.9), makePrediction('gone', 1, 1)];
    expect(catalog.predictions.insertAll({ setup, origin }, results)).toBe(2);
    expect(catalog.predictions.find(setup, idOf('copy of a'))).toMatchObject({ predicted: 2, confidence: 0.9 });
  });

  it('that are not numbers, or of a setup that is not there, are refused as a whole', () => {
    const bad = { ...makePrediction('b', 0, 1), confidence: NaN };
    for (const use of [
      () => catalog.predictions.insertAll({ setup, origin }, [makePrediction('a', 0, 1), bad]),
      () => catalog.predictions.insertAll({ setup: 99, origin }, [makePrediction('a', 0, 1)]),
    ])
      expect(use).toThrow(expect.objectContaining({ code: 'request/invalid' }));
    expect(catalog.predictions.find(setup, idOf('a'))).toBeUndefined();
  });

  it('are counted by label and class', () => {
    const results = [makePrediction('a', 1, 1), makePrediction('b', 0, 1), makePrediction('c', 0, 1)];
    catalog.predictions.insertAll({ setup, origin }, results);
    const none = { split: undefined, label: undefined, collection: undefined };
    expect(catalog.predictions.countByClass(setup, dataset)).toEqual([
      { ...none, collection: 'infection', predicted: 1, count: 1 },
      { ...none, label: 'Normal', predicted: 0, count: 1 },
      { ...none, label: 'Normal', predicted: 1, count: 1 },
      { ...none, split: 'Test', predicted: 0, count: 1 },
    ]);
  });
});

describe('attributions', () => {
  const save = async (content: string): Promise<NewAttribution> => ({
    ...{ contentSha256: hashOf(content), composite: 'EpsilonPlusFlat', target: 1, initialRelevance: 1, sum: 0.999 },
    arraySha256: await catalog.arrays.save({ shape: [2], values: Float32Array.of(1, content.length) }),
    provenance: { warnings: ['A weak map.'], milliseconds: 12 },
  });
  const createSetup = (composite: string): number =>
    catalog.setups.insert({ model, kind: 'attribution', settings: { composite } }).id;

  it('come back with all that they come from, and lead to their array', async () => {
    const [first, second] = [createSetup('A'), createSetup('B')];
    const attribution = await save('a');
    expect(catalog.attributions.insertAll({ setup: first, origin }, [attribution])).toBe(2);
    catalog.attributions.insertAll({ setup: second, origin }, [{ ...attribution, sum: -1 }]);
    const found = catalog.attributions.find(first, idOf('a'));
    expect(found).toMatchObject({ ...attribution, setup: first, sampleId: idOf('a'), origin });
    expect(catalog.attributions.list(idOf('a')).map(({ sum }) => sum)).toEqual([0.999, -1]);
    const { values } = await catalog.arrays.load(found?.arraySha256 ?? '');
    expect(values).toEqual(Float32Array.of(1, 1));
  });

  it('never point at an array that is not there', async () => {
    const attribution = { ...(await save('a')), arraySha256: hashOf('never saved') };
    const insert = (): number => catalog.attributions.insertAll({ setup: createSetup('A'), origin }, [attribution]);
    expect(insert).toThrow('is not in the catalog');
    expect(catalog.attributions.list(idOf('a'))).toEqual([]);
  });

  it('what a job has to do shrinks by what is done', async () => {
    const composite = createSetup('A');
    catalog.attributions.insertAll({ setup: composite, origin }, [await save('a')]);
    expect(pathsOf(catalog.attributions.listMissing(composite, { dataset }))).toEqual(['b', 'c']);
  });
});
