import type { Migration } from '../database/migrate.ts';

/**
 * Changed pictures as children of their sample, with what was computed of them, and cards of how good a model's maps are.
 *
 * A variant is a sample changed by an augmentation (`definition`: its name, parameters, seed, severity) and explained for a class under a
 * setup of the kind `variant`; `unchanged` is the sample as it is, computed in the same way. `logits` (float32, little-endian) and
 * `array_sha256` are NULL where the picture cannot be changed so; `measured` says why, and else what was measured against `unchanged`. In
 * `measured` and `card`, null stands for a number that is not defined.
 *
 * `setups` is built anew because its kinds are part of it; its rows and ids stay.
 */
export const variantsAndCards: Migration = {
  version: 6,
  sql: `
    CREATE TABLE setups_anew (
      id INTEGER PRIMARY KEY,
      model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('prediction', 'attribution', 'concept', 'variant', 'quality')),
      settings_sha256 TEXT NOT NULL CHECK (length(settings_sha256) = 64),
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      UNIQUE (model_id, kind, settings_sha256)
    ) STRICT;
    INSERT INTO setups_anew (id, model_id, kind, settings_sha256, settings)
      SELECT id, model_id, kind, settings_sha256, settings FROM setups;
    DROP TABLE setups;
    ALTER TABLE setups_anew RENAME TO setups;

    CREATE TABLE variants (
      id INTEGER PRIMARY KEY,
      setup_id INTEGER NOT NULL REFERENCES setups (id) ON DELETE CASCADE,
      sample_id INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
      target INTEGER NOT NULL,
      variant TEXT NOT NULL,
      definition TEXT NOT NULL CHECK (json_valid(definition)),
      logits BLOB,
      array_sha256 TEXT CHECK (length(array_sha256) = 64),
      measured TEXT NOT NULL CHECK (json_valid(measured)),
      origin_id INTEGER NOT NULL REFERENCES origins (id),
      created_ms INTEGER NOT NULL,
      UNIQUE (setup_id, sample_id, target, variant),
      CHECK ((logits IS NULL) = (array_sha256 IS NULL))
    ) STRICT;
    CREATE INDEX variants_by_sample ON variants (sample_id);
    CREATE INDEX variants_by_array ON variants (array_sha256);

    CREATE TABLE quality_cards (
      setup_id INTEGER NOT NULL REFERENCES setups (id) ON DELETE CASCADE,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      card TEXT NOT NULL CHECK (json_valid(card)),
      origin_id INTEGER NOT NULL REFERENCES origins (id),
      created_ms INTEGER NOT NULL,
      PRIMARY KEY (setup_id, dataset_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX quality_cards_by_dataset ON quality_cards (dataset_id);
  `,
};
