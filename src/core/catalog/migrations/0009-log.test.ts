import { afterAll, expect, it } from 'vitest';
import { createCatalogFolder } from '../small-catalog.ts';
import { createVersion, readRows, updateToVersion } from './read-rows.ts';
import { rowsOfVersion1 } from './rows-of-version-1.ts';

const folder = createCatalogFolder();
const database = createVersion(folder.file, 5);
afterAll(() => {
  database.close();
  folder.remove();
});

const none = '0'.repeat(64);
const one = '1'.repeat(64);
const entry = (seq: number, previous: string, hash: string): string =>
  `INSERT INTO log VALUES (${seq}, 0, 'A', 'case/opened', '{}', '${previous}', '${hash}')`;

it('version 9 leaves every row of version 8 as it was, with an empty log', () => {
  database.execute(rowsOfVersion1.replace('INSERT INTO marks VALUES', 'INSERT INTO marks (id, sample_id, kind, shape, author, created_ms) VALUES')); // prettier-ignore
  updateToVersion(database, 8);
  const before = readRows(database);
  updateToVersion(database, 9);
  expect(readRows(database)).toEqual({ ...before, log: [], log_head: [{ id: 1, entries: 0, hash: none }] });
});

it('takes entries at the end, and counts them', () => {
  database.execute(entry(1, none, one));
  expect(readRows(database)['log_head']).toEqual([{ id: 1, entries: 1, hash: one }]);
});

it.each([
  ['an entry that leaves one out', entry(3, one, none)],
  ['an entry that follows another one', entry(2, none, none)],
  ['an entry in place of one', entry(1, none, none)],
  ['an entry in place of one, by replacing', entry(1, none, none).replace('INSERT', 'INSERT OR REPLACE')],
  ['a change', `UPDATE log SET reader = 'B'`],
  ['a removal', 'DELETE FROM log'],
  ['another count', 'UPDATE log_head SET entries = 0'],
  ['another end', `UPDATE log_head SET hash = '${none}'`],
  ['no count', 'DELETE FROM log_head'],
])('refuses %s', (_, sql) => {
  const before = readRows(database);
  expect(() => { database.execute(sql); }).toThrow();
  expect(readRows(database)).toEqual(before);
}); // prettier-ignore
