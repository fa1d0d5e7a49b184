import { afterAll, expect, it } from 'vitest';
import { createCatalogFolder } from '../small-catalog.ts';
import { createVersion, readRows, updateToVersion } from './read-rows.ts';
import { rowsOfVersion1 } from './rows-of-version-1.ts';
import { rowsOfVersion2 } from './rows-of-version-2.ts';

const folder = createCatalogFolder();
const database = createVersion(folder.file, 1);
afterAll(() => {
  database.close();
  folder.remove();
});

it('version 2 leaves every row of version 1 as it was', () => {
  database.execute(rowsOfVersion1);
  const before = readRows(database);
  updateToVersion(database, 2);
  const added = { models: [], setups: [], origins: [], predictions: [], attributions: [], concepts: [] };
  expect(readRows(database)).toEqual({ ...before, ...added });
});

it('version 2 takes models and results', () => {
  database.execute(rowsOfVersion2);
  const { models, setups, origins, predictions, attributions, concepts } = readRows(database);
  const rows = [models, setups, origins, predictions, attributions, concepts];
  expect(rows.map((table) => table?.length)).toEqual([2, 3, 2, 2, 1, 1]);
});

it.each([
  ['two predictions of one setup for a sample', `INSERT INTO predictions SELECT * FROM predictions`],
  ['a confidence that is not a number', 'UPDATE predictions SET confidence = NULL'],
  ["another sample's group", 'UPDATE predictions SET group_id = 6'],
  ['a setup of another kind', `UPDATE setups SET kind = 'guess'`],
  [
    'one setup twice',
    `INSERT INTO setups SELECT 9, model_id, kind, settings_sha256, settings FROM setups WHERE id = 1`,
  ],
])('refuses %s', (_, sql) => {
  const before = readRows(database);
  expect(() => {
    database.execute(sql);
  }).toThrow();
  expect(readRows(database)).toEqual(before);
});

it('results follow their sample into another group', () => {
  database.execute('UPDATE samples SET group_id = 6 WHERE id = 10');
  expect(database.read('SELECT group_id FROM predictions ORDER BY sample_id').list()).toEqual([
    { group_id: 6 },
    { group_id: 5 },
  ]);
  expect(database.read('SELECT group_id FROM attributions').list()).toEqual([{ group_id: 6 }]);
});

it('a model goes with its setups and their results', () => {
  database.execute('DELETE FROM models WHERE id = 2');
  const { setups, predictions, attributions, concepts, samples } = readRows(database);
  expect([setups, predictions, attributions, concepts].flat()).toEqual([]);
  expect(samples).toHaveLength(3);
});
