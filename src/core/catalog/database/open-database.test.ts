import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import Connection from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '#shared/errors.ts';
import { catalogVersion } from '../migrations/migrations.ts';
import { createCatalogFolder, type CatalogFolder } from '../small-catalog.ts';
import { openReadable, openWritable } from './open-database.ts';

let folder: CatalogFolder;
beforeEach(() => {
  folder = createCatalogFolder();
});
afterEach(() => {
  folder.remove();
});

const createCatalog = (): void => {
  openWritable(folder.file).close();
};

/** Both ways of opening fail alike, and the file is as it was. */
function expectRefused(file: string, code: ErrorCode, sentence: RegExp): void {
  const isFile = existsSync(file) && statSync(file).isFile();
  const before = isFile ? readFileSync(file) : undefined;
  for (const open of [openWritable, openReadable]) {
    expect(() => open(file)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(sentence) as string }),
    );
  }
  if (before) expect(readFileSync(file).equals(before)).toBe(true);
}

describe('a new catalog', () => {
  it('is made, has its mark and version, and keeps a log', () => {
    const database = openWritable(folder.file);
    expect(database.pragma('application_id')).toEqual([{ application_id: 0x524c4258 }]);
    expect(database.pragma('user_version')).toEqual([{ user_version: catalogVersion }]);
    expect(database.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(database.pragma('foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    database.close();
    openReadable(folder.file).close();
  });

  it('has only strict tables', () => {
    const database = openWritable(folder.file);
    const tables = database.pragma('table_list').filter(({ name }) => !String(name).startsWith('sqlite_'));
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter(({ strict }) => strict !== 1)).toEqual([]);
    database.close();
  });

  it('may take the place of an empty file, which an interrupted start leaves', () => {
    writeFileSync(folder.file, '');
    createCatalog();
    openReadable(folder.file).close();
  });

  it.each(['a b.catalog', '100%?#.catalog', 'röntgen.catalog', ':memory:', 'file:x'])('may be called "%s"', (name) => {
    openWritable(folder.at(name)).close();
    expect(existsSync(folder.at(name))).toBe(true);
    openReadable(folder.at(name)).close();
  });

  it('may be reached through a link', () => {
    createCatalog();
    symlinkSync(folder.file, folder.at('link'));
    openWritable(folder.at('link')).close();
  });
});

describe('what is not a catalog is refused and left alone:', () => {
  it('a folder that is not there', () => {
    expectRefused(folder.at('none/x.catalog'), 'catalog/not-found', /does not exist; make it first\.$/);
  });

  it('a file that is not there, for reading', () => {
    expect(() => openReadable(folder.file)).toThrow(expect.objectContaining({ code: 'catalog/not-found' }));
    expect(existsSync(folder.file)).toBe(false);
  });

  it('a name that ends with a space, which would be cut off', () => {
    expectRefused(`${folder.file} `, 'request/invalid', /cannot end with a space/);
  });

  it('a folder', () => {
    mkdirSync(folder.file);
    expectRefused(folder.file, 'catalog/unreadable', /is not a file/);
  });

  it.skipIf(process.platform === 'win32')('a pipe, at once', () => {
    execFileSync('mkfifo', [folder.file]);
    expectRefused(folder.file, 'catalog/unreadable', /is not a file/);
  });

  it('a text', () => {
    writeFileSync(folder.file, 'patient,finding\n'.repeat(100));
    expectRefused(folder.file, 'catalog/unreadable', /is not a catalog/);
  });

  it("another program's database", () => {
    new Connection(folder.file).exec('CREATE TABLE notes (text)').close();
    expectRefused(folder.file, 'catalog/unreadable', /a database of another program/);
  });

  it("another program's database that is still empty but marked", () => {
    const other = new Connection(folder.file);
    other.pragma('application_id = 77');
    other.close();
    expectRefused(folder.file, 'catalog/unreadable', /a database of another program/);
  });

  it('an empty database, for reading', () => {
    writeFileSync(folder.file, '');
    expect(() => openReadable(folder.file)).toThrow(expect.objectContaining({ code: 'catalog/unreadable' }));
  });

  it('a catalog of a newer version', () => {
    createCatalog();
    const other = new Connection(folder.file);
    other.pragma(`user_version = ${catalogVersion + 1}`);
    other.close();
    expectRefused(folder.file, 'catalog/newer-version', /update the program to open it\.$/);
  });

  it('a catalog cut off in the middle', () => {
    createCatalog();
    truncateSync(folder.file, statSync(folder.file).size / 2);
    expectRefused(folder.file, 'catalog/damaged', /is damaged; restore it from a backup\.$/);
  });
});

it('a catalog of an earlier version is not brought up to date by reading', () => {
  createCatalog();
  const other = new Connection(folder.file);
  other.pragma('user_version = 1');
  other.close();
  expect(() => openReadable(folder.file)).toThrow('open it once for writing');
});

it('says when another program holds the catalog for too long, and works when it lets go', () => {
  createCatalog();
  const other = new Connection(folder.file);
  other.exec('BEGIN IMMEDIATE');
  const database = openWritable(folder.file, { busyTimeoutMs: 20 });
  const write = database.write<[]>(`INSERT INTO origins (version, provider, adapter) VALUES ('1', 'cpu', '')`);
  expect(() => database.transaction(() => write.run())).toThrow(expect.objectContaining({ code: 'catalog/busy' }));
  expect(database.read('SELECT * FROM origins').list()).toEqual([]);
  other.exec('ROLLBACK');
  expect(database.transaction(() => write.run())).toBe(1);
  database.close();
  other.close();
});

it('says when there is no room, changes nothing, and goes on when there is', () => {
  const database = openWritable(folder.file);
  const pages = Number(database.pragma('page_count')[0]?.['page_count']);
  database.pragma(`max_page_count = ${pages + 3}`);
  const write = database.write<[string]>(`INSERT INTO origins (version, provider, adapter) VALUES (?, 'cpu', '')`);
  const fill = (): void => {
    database.transaction(() => {
      for (let row = 0; row < 10; row++) write.run(String(row).repeat(4000));
    });
  };
  expect(fill).toThrow(expect.objectContaining({ code: 'catalog/full' }));
  expect(database.read('SELECT * FROM origins').list()).toEqual([]);
  expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  database.pragma('max_page_count = 100000');
  fill();
  expect(database.read('SELECT * FROM origins').list()).toHaveLength(10);
  database.close();
});
