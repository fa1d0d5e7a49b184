import type { Migration } from '../database/migrate.ts';

/**
 * What can be told of a picture without understanding it, and what was found out about a dataset as a whole.
 *
 * `version` of traits is that of the way they are measured: others are measured anew. `settings` of an analysis name all that decides it; the
 * latest result stands in place of an earlier one.
 */
export const traitsAndAnalyses: Migration = {
  version: 8,
  sql: `
    CREATE TABLE traits (
      sample_id INTEGER PRIMARY KEY REFERENCES samples (id) ON DELETE CASCADE,
      version INTEGER NOT NULL,
      measured TEXT NOT NULL CHECK (json_valid(measured)),
      hash TEXT NOT NULL CHECK (length(hash) = 64),
      mirrored TEXT NOT NULL CHECK (length(mirrored) = 64)
    ) STRICT;

    CREATE TABLE analyses (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      setup_id INTEGER REFERENCES setups (id) ON DELETE CASCADE,
      settings_sha256 TEXT NOT NULL CHECK (length(settings_sha256) = 64),
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      result TEXT NOT NULL CHECK (json_valid(result)),
      version TEXT NOT NULL,
      created_ms INTEGER NOT NULL,
      UNIQUE (dataset_id, kind, settings_sha256)
    ) STRICT;
    CREATE INDEX analyses_by_setup ON analyses (setup_id) WHERE setup_id IS NOT NULL;
  `,
};
