import type { ReadableDatabase } from './database/database.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  /** Place in the primary key, from 1. */
  readonly pk: number;
}

interface ForeignKey {
  readonly id: number;
  readonly table: string;
  readonly from: string;
}

/** The tables of a database and what points at what, as a Mermaid entity diagram. */
export function drawSchema(database: ReadableDatabase): string {
  const tables = database
    .read<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid`,
    )
    .list()
    .map(({ name }) => name);
  const entities = tables.flatMap((table) => drawTable(database, table));
  const relations = tables.flatMap((table) => drawRelations(database, table));
  return ['erDiagram', ...entities, ...relations].join('\n');
}

function drawTable(database: ReadableDatabase, table: string): readonly string[] {
  const foreign = new Set(listForeignKeys(database, table).map(({ from }) => from));
  const columns = listColumns(database, table).map(({ name, type, notnull, pk }) => {
    const keys = [...(pk > 0 ? ['PK'] : []), ...(foreign.has(name) ? ['FK'] : [])].join(', ');
    const isOptional = notnull === 0 && pk === 0;
    return `    ${[type, name, keys, isOptional ? '"optional"' : ''].filter(Boolean).join(' ')}`;
  });
  return [`  ${table} {`, ...columns, '  }'];
}

/** One line for each table pointed at; `o|` where it may be none. */
function drawRelations(database: ReadableDatabase, table: string): readonly string[] {
  const columns = listColumns(database, table);
  const lines = listForeignKeys(database, table).map(({ table: target, from }) => {
    const isOptional = columns.find(({ name }) => name === from)?.notnull === 0;
    return `  ${target} ${isOptional ? '|o' : '||'}--o{ ${table} : ${from}`;
  });
  return lines.sort();
}

/** A key of several columns counts once, by its first. */
function listForeignKeys(database: ReadableDatabase, table: string): readonly ForeignKey[] {
  const keys = database.read<[string], ForeignKey>('SELECT * FROM pragma_foreign_key_list(?)').list(table);
  return keys.filter(({ id }, index) => keys.findIndex((other) => other.id === id) === index);
}

function listColumns(database: ReadableDatabase, table: string): readonly Column[] {
  return database.read<[string], Column>('SELECT * FROM pragma_table_info(?)').list(table);
}
