import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog, type Catalog } from '#core/catalog/index.ts';
import { createEngine, type Engine } from '#core/engine/index.ts';
import { openDatasetModel, type DatasetModel } from '#core/workbench/collection/dataset-model.ts';
import { OpenedModels } from '#core/workbench/viewer/explain/opened-models.ts';
import { createStudy, labels, size, writeModel, type Study } from './small-study.ts';

/** Models kept open between questions of the window. */

let study: Study;
let engine: Engine;
let catalog: Catalog;
beforeAll(async () => {
  study = await createStudy();
  engine = createEngine({ threads: 1 });
  catalog = openCatalog(study.at('own.lightbox'));
  for (const name of ['a', 'b', 'c']) await writeModel(study.at(`${name}.onnx`));
});
afterAll(async () => {
  catalog.close();
  await engine.close();
  await study.remove();
});

const open = (name: string) => (): Promise<DatasetModel> =>
  openDatasetModel(
    { engine, catalog, control: {} },
    { modelPath: study.at(`${name}.onnx`), provider: 'cpu', labels, datasetLabels: labels },
  );
const isOpen = ({ opened: { handle } }: DatasetModel): Promise<boolean> =>
  engine.predict({ handle, images: new Float32Array(3 * size * size) }).then(
    () => true,
    () => false,
  );

test('a model is opened once; the longest unused is given back', async () => {
  const models = new OpenedModels(engine, { models: 2, weightBytes: Infinity });
  const [a, b] = [await models.get('a', open('a')), await models.get('b', open('b'))];
  expect(await models.get('a', () => Promise.reject(new Error('opened again')))).toBe(a);
  await models.get('c', open('c'));
  expect(['a', 'b', 'c'].map((key) => models.has(key))).toEqual([true, false, true]);
  expect([await isOpen(a), await isOpen(b)]).toEqual([true, false]);
});

test('where weights are too heavy for two, one stays, however heavy', async () => {
  const models = new OpenedModels(engine, { models: 9, weightBytes: 1 });
  const a = await models.get('a', open('a'));
  expect([models.has('a'), await isOpen(a)]).toEqual([true, true]);
  await models.get('b', open('b'));
  expect([models.has('a'), models.has('b'), await isOpen(a)]).toEqual([false, true, false]);
});

test('what cannot be opened is not kept, and an engine that had to start again keeps what was open', async () => {
  const models = new OpenedModels(engine);
  await expect(models.get('gone', open('gone'))).rejects.toMatchObject({ code: 'model/not-found' });
  expect(models.has('gone')).toBe(false);
  const a = await models.get('a', open('a'));
  process.kill(engine.processId ?? 0, 'SIGKILL');
  await expect.poll(() => engine.processId, { timeout: 10_000 }).toBeUndefined();
  expect(await isOpen(a)).toBe(true);
});
