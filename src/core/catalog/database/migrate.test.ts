import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCatalogFolder, type CatalogFolder } from '../small-catalog.ts';
import { connect } from './connect.ts';
import type { WritableDatabase } from './database.ts';
import { migrate, readVersion, type Migration } from './migrate.ts';

let folder: CatalogFolder;
let database: WritableDatabase;
beforeEach(() => {
  folder = createCatalogFolder();
  database = connect(folder.file);
});
afterEach(() => {
  database.close();
  folder.remove();
});

const steps: readonly Migration[] = [
  { version: 1, sql: 'CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER REFERENCES a (id))' },
  { version: 2, sql: 'ALTER TABLE a ADD COLUMN name TEXT' },
  // Builds a table anew, as SQLite needs it for most changes; b's rows point at it meanwhile.
  {
    version: 3,
    sql: `CREATE TABLE a2 (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT; INSERT INTO a2 SELECT id, ifnull(name, '?') FROM a;
      DROP TABLE a; ALTER TABLE a2 RENAME TO a`,
  },
];
const tables = (): readonly unknown[] => database.read('SELECT sql FROM sqlite_schema').list();

it('takes the steps that are missing, in order, and keeps the rows', () => {
  migrate(database, steps.slice(0, 1));
  database.execute('INSERT INTO a VALUES (4); INSERT INTO b VALUES (4)');
  migrate(database, steps);
  expect(readVersion(database)).toBe(3);
  expect(database.read('SELECT * FROM a').list()).toEqual([{ id: 4, name: '?' }]);
  expect(database.read('SELECT * FROM b').list()).toEqual([{ a: 4 }]);
  migrate(database, steps);
  expect(readVersion(database)).toBe(3);
});

it('changes nothing when a step fails, not even by the steps before it', () => {
  migrate(database, steps.slice(0, 1));
  const before = tables();
  const broken = { version: 3, sql: 'CREATE TABLE c (x); CREATE TABLE a (x)' };
  expect(() => {
    migrate(database, [...steps.slice(0, 2), broken]);
  }).toThrow('already exists');
  expect(readVersion(database)).toBe(1);
  expect(tables()).toEqual(before);
});

it('refuses a step that would leave rows pointing at nothing', () => {
  migrate(database, steps.slice(0, 1));
  database.execute('INSERT INTO a VALUES (4); INSERT INTO b VALUES (4)');
  const losing = { version: 2, sql: 'DELETE FROM a' };
  expect(() => {
    migrate(database, [...steps.slice(0, 1), losing]);
  }).toThrow('point at nothing');
  expect(database.read('SELECT * FROM a').list()).toEqual([{ id: 4 }]);
});
