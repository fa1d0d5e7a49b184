/** For the tests of migrations: a catalog of an earlier version, and all its rows. */
import { connect } from '../database/connect.ts';
import type { WritableDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { migrations } from './migrations.ts';

/** A database as version `version` had it, without rows. */
export function createVersion(file: string, version: number): WritableDatabase {
  const database = connect(file);
  updateToVersion(database, version);
  return database;
}

export function updateToVersion(database: WritableDatabase, version: number): void {
  migrate(database, migrations.slice(0, version));
  database.pragma('foreign_keys = ON');
}

/** Every row of every table. */
export function readRows(database: WritableDatabase): Readonly<Record<string, readonly unknown[]>> {
  const tables = database
    .read<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .list();
  return Object.fromEntries(tables.map(({ name }) => [name, database.read(`SELECT * FROM "${name}"`).list()]));
}
