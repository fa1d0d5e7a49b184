import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCatalogFolder, type CatalogFolder } from '../small-catalog.ts';
import { connect } from './connect.ts';
import type { WritableDatabase } from './database.ts';
import { openWritable } from './open-database.ts';

let folder: CatalogFolder;
let database: WritableDatabase;
beforeEach(() => {
  folder = createCatalogFolder();
  database = openWritable(folder.file);
  database.execute('CREATE TABLE t (x)');
});
afterEach(() => {
  database.close();
  folder.remove();
});

const insert = (value: string): number => database.write<[string]>('INSERT INTO t VALUES (?)').run(value);
const values = (): readonly unknown[] =>
  database
    .read<[], { x: unknown }>('SELECT x FROM t')
    .list()
    .map(({ x }) => x);
/** 1: a commit is handed to the system; 2: it is on the disk. */
const synchronous = (): unknown => database.pragma('synchronous')[0]?.['synchronous'];

describe('a transaction', () => {
  it('is all or nothing, and within another one part of that', () => {
    expect(() => {
      database.transaction(() => {
        insert('a');
        database.durably(() => insert('b'));
        throw new Error('enough');
      });
    }).toThrow('enough');
    expect(values()).toEqual([]);
    expect(database.transaction(() => insert('a'))).toBe(1);
    expect(values()).toEqual(['a']);
  });

  it('that must be on the disk is flushed, others are not; also after a failure', () => {
    database.transaction(() => {
      expect(synchronous()).toBe(1);
    });
    database.durably(() => {
      expect(synchronous()).toBe(2);
    });
    expect(() => {
      database.durably(() => {
        database.execute('nonsense');
      });
    }).toThrow();
    expect(synchronous()).toBe(1);
  });

  it('has the database to itself from its beginning', () => {
    const other = connect(folder.file, { busyTimeoutMs: 10 });
    database.transaction(() => {
      expect(() => {
        other.execute('DELETE FROM t');
      }).toThrow(expect.objectContaining({ code: 'catalog/busy' }));
    });
    other.close();
  });
});

describe('copyTo', () => {
  it('comes to an end while another process writes without pause', async () => {
    const big = database.write<[Buffer]>('INSERT INTO t VALUES (?)');
    database.transaction(() => {
      for (let row = 0; row < 40; row++) big.run(Buffer.alloc(2 ** 20));
    });
    const other = connect(folder.file);
    other.pragma('synchronous = OFF');
    const rewrite = other.write<[number]>('UPDATE origins SET version = ?');
    other.execute(`INSERT INTO origins VALUES (1, '0', 'cpu', '')`);
    let round = 0;
    const writing = setInterval(() => rewrite.run(round++), 0);
    await database.copyTo(folder.at('copy'));
    clearInterval(writing);
    other.close();
    const copy = connect(folder.at('copy'));
    expect(copy.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(copy.read('SELECT count(*) AS count FROM t').find()).toEqual({ count: 40 });
    copy.close();
  });
});
