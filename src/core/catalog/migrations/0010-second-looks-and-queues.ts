import type { Migration } from '../database/migrate.ts';

/**
 * When a reader's own answer was locked, what the reader said afterwards, and lists of samples to be read in a fixed order.
 *
 * A row of `second_looks` is never changed: a change of mind is another row.
 */
export const secondLooksAndQueues: Migration = {
  version: 10,
  sql: `
    ALTER TABLE reviews ADD COLUMN locked_ms INTEGER;

    CREATE TABLE second_looks (
      id INTEGER PRIMARY KEY,
      sample_id INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
      author TEXT NOT NULL,
      opinion TEXT CHECK (opinion IN ('agree', 'disagree', 'wrong-reason')),
      verdict TEXT CHECK (verdict IN ('clean', 'unsure', 'suspicious')),
      created_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX second_looks_by_sample ON second_looks (sample_id, author, id);

    CREATE TABLE queues (
      id INTEGER PRIMARY KEY,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      created_ms INTEGER NOT NULL,
      UNIQUE (dataset_id, name)
    ) STRICT;

    CREATE TABLE queue_samples (
      queue_id INTEGER NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
      sample_id INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
      place INTEGER NOT NULL,
      PRIMARY KEY (queue_id, sample_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX queue_samples_by_sample ON queue_samples (sample_id);
  `,
};
