import { connect } from '../database/connect.ts';
import type { ReadableDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { migrations } from '../migrations/migrations.ts';

/** How a catalog's tables, indexes and triggers differ from those its version has, in sentences without an end. */
export function findSchemaDifferences(database: ReadableDatabase): readonly string[] {
  const pattern = connect(':memory:');
  migrate(pattern, migrations);
  const [expected, actual] = [listParts(pattern), listParts(database)];
  pattern.close();
  return [
    ...[...expected].flatMap(([name, sql]) => (actual.get(name) === sql ? [] : [`The ${name} is missing or changed`])),
    ...[...actual.keys()].flatMap((name) => (expected.has(name) ? [] : [`The ${name} does not belong into a catalog`])),
  ];
}

/** `sqlite_stat` tables are SQLite's own notes. */
function listParts(database: ReadableDatabase): ReadonlyMap<string, string | null> {
  const parts = database.read<[], { type: string; name: string; sql: string | null }>(
    `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'`,
  );
  return new Map(parts.list().map(({ type, name, sql }) => [`${type} "${name}"`, sql]));
}
