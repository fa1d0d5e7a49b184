import { afterAll, expect, it } from 'vitest';
import { createCatalogFolder } from '../small-catalog.ts';
import { createVersion, readRows, updateToVersion } from './read-rows.ts';
import { rowsOfVersion1 } from './rows-of-version-1.ts';

const folder = createCatalogFolder();
const database = createVersion(folder.file, 0);
afterAll(() => {
  database.close();
  folder.remove();
});

it('version 1 takes datasets, samples and what people say of them', () => {
  expect(readRows(database)).toEqual({});
  updateToVersion(database, 1);
  database.execute(rowsOfVersion1);
  const counts = Object.entries(readRows(database)).map(([table, rows]) => [table, rows.length]);
  expect(Object.fromEntries(counts)).toEqual({ datasets: 1, groups: 2, samples: 3, masks: 2, marks: 1, tags: 2 });
});

it.each([
  [
    'the same path twice',
    `INSERT INTO samples (dataset_id, group_id, path, metadata) VALUES (3, 5, 'broken.png', '{}')`,
  ],
  ['a hash that is none', `UPDATE samples SET content_sha256 = 'abc' WHERE id = 10`],
  ['metadata that is not JSON', `UPDATE samples SET metadata = '{' WHERE id = 10`],
  ['a sample that is a copy of itself', 'UPDATE samples SET primary_id = id WHERE id = 10'],
  [
    "another dataset's group",
    `INSERT INTO datasets VALUES (4, 'x', '', '', '', x'', '{}', 0);
     INSERT INTO samples (dataset_id, group_id, path, metadata) VALUES (4, 5, 'x', '{}')`,
  ],
  ['text where a number belongs', `UPDATE samples SET width = 'wide' WHERE id = 10`],
  ['a mark on nothing', `INSERT INTO marks VALUES (9, 99, 'marker', '{}', '', 0)`],
])('refuses %s', (_, sql) => {
  const before = readRows(database);
  expect(() => {
    database.transaction(() => {
      database.execute(sql);
    });
  }).toThrow();
  expect(readRows(database)).toEqual(before);
});

it('a dataset goes with everything in it', () => {
  database.execute('DELETE FROM datasets WHERE id = 3');
  expect(Object.values(readRows(database)).flat()).toEqual([]);
});
