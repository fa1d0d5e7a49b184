import type { Migration } from '../database/migrate.ts';

/**
 * What every channel (concept) of a layer carries on a picture: its sum over positions, its peak and where that lies, so that the
 * best samples of a concept by any ranking are a query.
 *
 * `target` and `logit` are those of the class that was explained, NULL for activations. `absolute` and `peak_absolute` are the sums
 * over channels of the magnitudes, by which values are normalised. Sums and peaks are float32, positions are counted row by row in 16
 * bits, or 32 where a layer has more than 65,536; all little-endian. A layer without positions has no peaks of its own.
 *
 * No version before this one filled `concepts`, so there is nothing to carry over.
 */
export const conceptReadings: Migration = {
  version: 4,
  sql: `
    DROP TABLE concepts;

    CREATE TABLE concept_layers (
      id INTEGER PRIMARY KEY,
      setup_id INTEGER NOT NULL REFERENCES setups (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      channels INTEGER NOT NULL CHECK (channels > 0),
      height INTEGER,
      width INTEGER,
      UNIQUE (setup_id, name)
    ) STRICT;

    CREATE TABLE concepts (
      id INTEGER PRIMARY KEY,
      layer_id INTEGER NOT NULL REFERENCES concept_layers (id) ON DELETE CASCADE,
      sample_id INTEGER NOT NULL,
      group_id INTEGER NOT NULL,
      target INTEGER,
      logit REAL,
      absolute REAL NOT NULL,
      peak_absolute REAL NOT NULL,
      origin_id INTEGER NOT NULL REFERENCES origins (id),
      created_ms INTEGER NOT NULL,
      sums BLOB NOT NULL,
      peaks BLOB,
      positions BLOB,
      UNIQUE (layer_id, sample_id),
      FOREIGN KEY (sample_id, group_id) REFERENCES samples (id, group_id) ON UPDATE CASCADE ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX concepts_by_sample ON concepts (sample_id, group_id);
  `,
};
