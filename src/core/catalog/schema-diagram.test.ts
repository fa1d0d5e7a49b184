import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { connect } from './database/connect.ts';
import { migrate } from './database/migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { drawSchema } from './schema-diagram.ts';

const page = path.join(import.meta.dirname, '../../../docs/catalog.md');

/** Redrawn by `npx vitest run schema-diagram --update`. */
it('the picture in docs/catalog.md is that of the real schema', async () => {
  const database = connect(':memory:');
  migrate(database, migrations);
  const diagram = drawSchema(database);
  database.close();
  const text = readFileSync(page, 'utf8');
  expect(text).toMatch(/```mermaid\n/);
  const redrawn = text.replace(/(?<=```mermaid\n)[\s\S]*?(?=\n```)/, diagram);
  await expect(redrawn).toMatchFileSnapshot(page);
});

it('draws tables, keys, and what may be missing', () => {
  const database = connect(':memory:');
  database.execute(`
    CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE children (parent INTEGER NOT NULL REFERENCES parents (id), friend INTEGER REFERENCES parents (id), PRIMARY KEY (parent, friend)) WITHOUT ROWID;
    CREATE TABLE notes (child INTEGER, name TEXT);
  `);
  expect(drawSchema(database)).toBe(
    `erDiagram
  parents {
    INTEGER id PK
    TEXT name
  }
  children {
    INTEGER parent PK, FK
    INTEGER friend PK, FK
  }
  notes {
    INTEGER child "optional"
    TEXT name "optional"
  }
  parents ||--o{ children : friend
  parents ||--o{ children : parent`,
  );
  database.close();
});
