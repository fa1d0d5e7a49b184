import { afterAll, expect, it } from 'vitest';
import { createCatalogFolder } from '../small-catalog.ts';
import { createVersion, readRows, updateToVersion } from './read-rows.ts';
import { rowsOfVersion1 } from './rows-of-version-1.ts';
import { rowsOfVersion2 } from './rows-of-version-2.ts';

const folder = createCatalogFolder();
const database = createVersion(folder.file, 5);
afterAll(() => {
  database.close();
  folder.remove();
});

const rows = (rowsOfVersion1 + rowsOfVersion2)
  .replace(/INSERT INTO concepts [^;]*;/, '')
  .replace('INSERT INTO models VALUES', 'INSERT INTO models (id, sha256, file, title, labels, manifest_sha256, architecture, added_ms) VALUES')
  .replace('INSERT INTO marks VALUES', 'INSERT INTO marks (id, sample_id, kind, shape, author, created_ms) VALUES'); // prettier-ignore

it('version 8 leaves every row of version 7 as it was', () => {
  database.execute(rows);
  updateToVersion(database, 7);
  const before = readRows(database);
  expect(before['samples']).toHaveLength(3);
  updateToVersion(database, 8);
  expect(readRows(database)).toEqual({ ...before, traits: [], analyses: [] });
});

const hash = `printf('%064d', 1)`;
const analysis = (id: number, setup: string, settings = '{}'): string =>
  `INSERT INTO analyses VALUES (${id}, 'groups', 3, ${setup}, ${hash}, '${settings}', '{}', '0.1.0', 0)`;

it.each([
  ['traits of nothing', `INSERT INTO traits VALUES (99, 1, '{}', ${hash}, ${hash})`],
  ['a hash of another length', `INSERT INTO traits VALUES (10, 1, '{}', 'ff', ${hash})`],
  ['an analysis of no setup there is', analysis(1, '77')],
  ['settings that are not JSON', analysis(1, '2', '{')],
  ['an analysis twice', `${analysis(1, '2')}; ${analysis(2, 'NULL')}`],
])('refuses %s', (_, sql) => {
  expect(() => { database.transaction(() => { database.execute(sql); }); }).toThrow();
}); // prettier-ignore

it('both go with what they are about', () => {
  database.execute(`INSERT INTO traits VALUES (10, 1, '{}', ${hash}, ${hash}); ${analysis(5, '2')}`);
  database.execute('DELETE FROM setups WHERE id = 2');
  expect(readRows(database)['analyses']).toEqual([]);
  database.execute(`${analysis(6, 'NULL')}; DELETE FROM datasets WHERE id = 3`);
  expect(readRows(database)).toMatchObject({ traits: [], analyses: [] });
});
