import type { Migration } from '../database/migrate.ts';

/**
 * What a reader thinks of a sample, a note on each mark, where a model's file lies, and how the window was left.
 *
 * `path` is absolute and NULL for models that were entered before; it is where the file was last used, no proof that it is still there.
 */
export const reviews: Migration = {
  version: 5,
  sql: `
    ALTER TABLE models ADD COLUMN path TEXT;
    ALTER TABLE marks ADD COLUMN note TEXT NOT NULL DEFAULT '';

    CREATE TABLE reviews (
      sample_id INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
      author TEXT NOT NULL,
      verdict TEXT CHECK (verdict IN ('clean', 'unsure', 'suspicious')),
      note TEXT NOT NULL,
      updated_ms INTEGER NOT NULL,
      PRIMARY KEY (sample_id, author)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX reviews_by_verdict ON reviews (verdict, sample_id);

    CREATE TABLE sessions (
      name TEXT PRIMARY KEY,
      state TEXT NOT NULL CHECK (json_valid(state)),
      updated_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
