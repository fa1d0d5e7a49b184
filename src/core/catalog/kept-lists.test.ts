import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect } from './database/connect.ts';
import type { WritableDatabase } from './database/database.ts';
import { keepUntilChanged, type Kept } from './kept-lists.ts';
import { createCatalogFolder, type CatalogFolder } from './small-catalog.ts';

let folder: CatalogFolder;
let database: WritableDatabase;
let kept: Kept<number>;
beforeEach(() => {
  folder = createCatalogFolder();
  database = connect(folder.file);
  database.execute('CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a REFERENCES a (id) ON DELETE CASCADE)');
  database.execute('INSERT INTO a VALUES (1), (2); INSERT INTO b VALUES (1)');
  database.pragma('foreign_keys = ON');
  kept = keepUntilChanged<number>(database, 2);
  kept.keep('how many', 2);
});
afterEach(() => {
  database.close();
  folder.remove();
});

it('an answer is known until rows change', () => {
  database.read('SELECT * FROM a').list();
  expect(kept.find('how many')).toBe(2);
  expect(kept.find('something else')).toBeUndefined();
  database.execute('INSERT INTO a VALUES (3)');
  expect(kept.find('how many')).toBeUndefined();
});

it.each(['DELETE FROM a', 'DELETE FROM a WHERE id = 1', 'UPDATE b SET a = 2'])('forgets at "%s"', (sql) => {
  database.execute(sql);
  expect(kept.find('how many')).toBeUndefined();
});

it('an answer from inside a transaction that is undone is forgotten', () => {
  expect(() => {
    database.transaction(() => {
      database.execute('DELETE FROM a');
      kept.keep('how many', 0);
      throw new Error('undone');
    });
  }).toThrow('undone');
  expect(kept.find('how many')).toBeUndefined();
});

it('what another connection changes is noticed', () => {
  const other = connect(folder.file);
  other.execute('DELETE FROM b');
  other.close();
  expect(kept.find('how many')).toBeUndefined();
});

it('the oldest answers go first', () => {
  for (const [at, question] of ['b', 'how many', 'c'].entries()) kept.keep(question, at);
  expect(['b', 'how many', 'c'].map((question) => kept.find(question))).toEqual([undefined, 1, 2]);
});
