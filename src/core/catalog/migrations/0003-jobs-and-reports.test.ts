import { afterAll, expect, it } from 'vitest';
import { createCatalogFolder } from '../small-catalog.ts';
import { createVersion, readRows, updateToVersion } from './read-rows.ts';
import { rowsOfVersion1 } from './rows-of-version-1.ts';
import { rowsOfVersion2 } from './rows-of-version-2.ts';

const folder = createCatalogFolder();
const database = createVersion(folder.file, 2);
afterAll(() => {
  database.close();
  folder.remove();
});

it('version 3 leaves every row of version 2 as it was', () => {
  database.execute(rowsOfVersion1 + rowsOfVersion2);
  const before = readRows(database);
  updateToVersion(database, 3);
  expect(readRows(database)).toEqual({ ...before, jobs: [], reports: [] });
});

it('version 3 takes jobs and reports', () => {
  database.execute(`
    INSERT INTO jobs VALUES (1, 'import', '{}', 'queued', 0, 10, NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL),
      (2, 'attribution', '{"setup":2}', 'failed', 4, 10, 'engine/died', 'It died.', 77, 'host', 5, 1, 2, 6);
    INSERT INTO reports VALUES (1, 'bias', 'Markers', '{}', '/out/a.pdf', printf('%064d', 1), '0.1.0', 7);
  `);
  expect(readRows(database)['jobs']).toHaveLength(2);
  expect(readRows(database)['reports']).toHaveLength(1);
});

it('refuses a state that is none', () => {
  expect(() => {
    database.execute(`UPDATE jobs SET state = 'asleep'`);
  }).toThrow('CHECK constraint failed');
});
