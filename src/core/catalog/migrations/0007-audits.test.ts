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

it('version 7 leaves every row of version 6 as it was', () => {
  database.execute(rowsOfVersion1 + rowsOfVersion2.replace(/INSERT INTO concepts [^;]*;/, ''));
  updateToVersion(database, 6);
  const before = readRows(database);
  expect(before['attributions']?.length).toBeGreaterThan(0);
  updateToVersion(database, 7);
  expect(readRows(database)).toEqual({ ...before, audits: [], findings: [], bookings: [] });
});

it.each([
  ['a result that is not JSON', `INSERT INTO audits VALUES (1, 'case', 1, 3, NULL, 'border', '{}', '{', 1, 0)`],
  ['an audit by no model', `INSERT INTO audits VALUES (1, 'case', 99, 3, NULL, 'border', '{}', '{}', 1, 0)`],
  ['a finding without evidence', `INSERT INTO findings VALUES (99, 'a', 'the L', 0, 0)`],
  ['a booking of no map', `INSERT INTO bookings VALUES (99, 'border', 0.1, 0.1, 0.1, 0, 1)`],
])('refuses %s', (_, sql) => {
  expect(() => { database.execute(sql); }).toThrow();
}); // prettier-ignore
