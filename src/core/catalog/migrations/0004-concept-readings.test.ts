import { afterAll, expect, it } from 'vitest';
import { createCatalogFolder } from '../small-catalog.ts';
import { createVersion, readRows, updateToVersion } from './read-rows.ts';
import { rowsOfVersion1 } from './rows-of-version-1.ts';
import { rowsOfVersion2 } from './rows-of-version-2.ts';

const folder = createCatalogFolder();
const database = createVersion(folder.file, 3);
afterAll(() => {
  database.close();
  folder.remove();
});

it('version 4 leaves every row of version 3 as it was, but for concepts, which nothing filled', () => {
  database.execute(rowsOfVersion1 + rowsOfVersion2);
  const before = readRows(database);
  updateToVersion(database, 4);
  expect(readRows(database)).toEqual({ ...before, concepts: [], concept_layers: [] });
});

it('version 4 takes readings with and without positions and answers', () => {
  database.execute(`
    INSERT INTO concept_layers VALUES (1, 3, 'layer3.2.conv2', 2, 14, 14), (2, 3, 'fc', 3, NULL, NULL);
    INSERT INTO concepts VALUES
      (1, 1, 10, 5, 1, -0.5, 1.5, 2.5, 2, 1700000000006, x'0000803f00000040', x'0000803f00000040', x'01000200'),
      (2, 2, 10, 5, NULL, NULL, 1.5, 2.5, 2, 1700000000006, x'0000803f', NULL, NULL);
  `);
  expect(readRows(database)['concepts']).toHaveLength(2);
});

it.each([
  ['two readings of one layer for a sample', 'INSERT INTO concepts SELECT 9, layer_id, sample_id, group_id, target, logit, absolute, peak_absolute, origin_id, created_ms, sums, peaks, positions FROM concepts WHERE id = 1'],
  ['one layer twice', `INSERT INTO concept_layers VALUES (3, 3, 'fc', 3, NULL, NULL)`],
  ['a layer without channels', `INSERT INTO concept_layers VALUES (3, 3, 'empty', 0, NULL, NULL)`],
  ["another sample's group", 'UPDATE concepts SET group_id = 6'],
])('refuses %s', (_, sql) => {
  expect(() => { database.execute(sql); }).toThrow();
}); // prettier-ignore

it('readings follow their sample into another group, and go with it or their setup', () => {
  database.execute('UPDATE samples SET group_id = 6 WHERE id = 10');
  expect(database.read('SELECT DISTINCT group_id FROM concepts').list()).toEqual([{ group_id: 6 }]);
  database.execute('DELETE FROM setups WHERE id = 3');
  const { concepts, concept_layers: layers } = readRows(database);
  expect([concepts, layers]).toEqual([[], []]);
});
