import { afterAll, expect, it } from 'vitest';
import { createCatalogFolder } from '../small-catalog.ts';
import { createVersion, readRows, updateToVersion } from './read-rows.ts';
import { rowsOfVersion1 } from './rows-of-version-1.ts';
import { rowsOfVersion2 } from './rows-of-version-2.ts';

const folder = createCatalogFolder();
const database = createVersion(folder.file, 4);
afterAll(() => {
  database.close();
  folder.remove();
});

it('version 5 leaves every row of version 4 as it was, with no path and no note', () => {
  const rows = rowsOfVersion1 + rowsOfVersion2.replace(/INSERT INTO concepts [^;]*;/, '');
  database.execute(rows);
  const before = readRows(database);
  const extend = (table: string, more: object): readonly object[] =>
    (before[table] ?? []).map((row) => ({ ...(row as object), ...more }));
  expect(before['models']).toHaveLength(2);
  updateToVersion(database, 5);
  expect(readRows(database)).toEqual({
    ...before,
    models: extend('models', { path: null }),
    marks: extend('marks', { note: '' }),
    reviews: [],
    sessions: [],
  });
});

it.each([
  ['a verdict there is none of', `INSERT INTO reviews VALUES (10, 'a', 'great', '', 0)`],
  ['a review of nothing', `INSERT INTO reviews VALUES (99, 'a', 'clean', '', 0)`],
  ['two reviews of one author', `INSERT INTO reviews VALUES (10, 'a', NULL, '', 0), (10, 'a', 'clean', '', 0)`],
  ['a session that is not JSON', `INSERT INTO sessions VALUES ('window', '{', 0)`],
])('refuses %s', (_, sql) => {
  expect(() => { database.execute(sql); }).toThrow();
}); // prettier-ignore

it('a review goes with its sample', () => {
  database.execute(`INSERT INTO reviews VALUES (10, 'a', 'suspicious', 'the L', 5)`);
  database.execute('DELETE FROM datasets WHERE id = 3');
  expect(readRows(database)['reviews']).toEqual([]);
});
