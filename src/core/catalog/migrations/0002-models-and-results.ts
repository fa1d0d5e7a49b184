import type { Migration } from '../database/migrate.ts';

/**
 * Models and what they were found to do.
 *
 * A setup is a model together with all settings that decide a result; results of one setup can be compared. An origin says
 * which version on which provider computed a result. Predictions lie in the order of their key, so that those of one setup
 * are one stretch of the file; their scores are float32, little-endian.
 */
export const modelsAndResults: Migration = {
  version: 2,
  sql: `
    CREATE TABLE models (
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
      file TEXT NOT NULL,
      title TEXT,
      labels TEXT NOT NULL CHECK (json_valid(labels)),
      manifest_sha256 TEXT CHECK (length(manifest_sha256) = 64),
      architecture TEXT NOT NULL CHECK (json_valid(architecture)),
      added_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE setups (
      id INTEGER PRIMARY KEY,
      model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('prediction', 'attribution', 'concept')),
      settings_sha256 TEXT NOT NULL CHECK (length(settings_sha256) = 64),
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      UNIQUE (model_id, kind, settings_sha256)
    ) STRICT;

    CREATE TABLE origins (
      id INTEGER PRIMARY KEY,
      version TEXT NOT NULL,
      provider TEXT NOT NULL,
      adapter TEXT NOT NULL,
      UNIQUE (version, provider, adapter)
    ) STRICT;

    CREATE TABLE predictions (
      setup_id INTEGER NOT NULL REFERENCES setups (id) ON DELETE CASCADE,
      sample_id INTEGER NOT NULL,
      group_id INTEGER NOT NULL,
      predicted INTEGER NOT NULL,
      confidence REAL NOT NULL,
      logits BLOB NOT NULL,
      probabilities BLOB NOT NULL,
      origin_id INTEGER NOT NULL REFERENCES origins (id),
      created_ms INTEGER NOT NULL,
      PRIMARY KEY (setup_id, sample_id),
      FOREIGN KEY (sample_id, group_id) REFERENCES samples (id, group_id) ON UPDATE CASCADE ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX predictions_by_confidence ON predictions (setup_id, confidence, sample_id, group_id, predicted);
    CREATE INDEX predictions_by_class ON predictions (setup_id, group_id, predicted);
    CREATE INDEX predictions_by_sample ON predictions (sample_id, group_id);

    CREATE TABLE attributions (
      id INTEGER PRIMARY KEY,
      setup_id INTEGER NOT NULL REFERENCES setups (id) ON DELETE CASCADE,
      sample_id INTEGER NOT NULL,
      group_id INTEGER NOT NULL,
      composite TEXT NOT NULL,
      target INTEGER NOT NULL,
      initial_relevance REAL NOT NULL,
      sum REAL NOT NULL,
      array_sha256 TEXT NOT NULL CHECK (length(array_sha256) = 64),
      provenance TEXT NOT NULL CHECK (json_valid(provenance)),
      origin_id INTEGER NOT NULL REFERENCES origins (id),
      created_ms INTEGER NOT NULL,
      UNIQUE (setup_id, sample_id),
      FOREIGN KEY (sample_id, group_id) REFERENCES samples (id, group_id) ON UPDATE CASCADE ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX attributions_by_sum ON attributions (setup_id, sum, sample_id, group_id);
    CREATE INDEX attributions_by_sample ON attributions (sample_id, group_id);
    CREATE INDEX attributions_by_array ON attributions (array_sha256);

    CREATE TABLE concepts (
      id INTEGER PRIMARY KEY,
      setup_id INTEGER NOT NULL REFERENCES setups (id) ON DELETE CASCADE,
      sample_id INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
      layer TEXT NOT NULL,
      relevance BLOB NOT NULL,
      origin_id INTEGER NOT NULL REFERENCES origins (id),
      created_ms INTEGER NOT NULL,
      UNIQUE (setup_id, layer, sample_id)
    ) STRICT;
    CREATE INDEX concepts_by_sample ON concepts (sample_id);
  `,
};
