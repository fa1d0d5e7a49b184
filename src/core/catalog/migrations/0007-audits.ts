import type { Migration } from '../database/migrate.ts';

const unbook = (sample: string): string =>
  `BEGIN DELETE FROM bookings WHERE attribution_id IN (SELECT id FROM attributions WHERE sample_id = ${sample}); END;`;

/**
 * What came of tests of regions, what people found to be true of them, and the relevance of each map by region.
 *
 * `sample_id` is NULL for what is of a whole dataset. Bookings go when the marks or masks of their picture change, whoever changes them.
 */
export const audits: Migration = {
  version: 7,
  sql: `
    CREATE TABLE audits (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      sample_id INTEGER REFERENCES samples (id) ON DELETE CASCADE,
      subject TEXT NOT NULL,
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      result TEXT NOT NULL CHECK (json_valid(result)),
      origin_id INTEGER NOT NULL REFERENCES origins (id),
      created_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX audits_by_dataset ON audits (dataset_id, kind, model_id, subject);
    CREATE INDEX audits_by_sample ON audits (sample_id, model_id, subject) WHERE sample_id IS NOT NULL;
    CREATE INDEX audits_by_model ON audits (model_id);

    CREATE TABLE findings (
      audit_id INTEGER PRIMARY KEY REFERENCES audits (id) ON DELETE CASCADE,
      author TEXT NOT NULL,
      comment TEXT NOT NULL,
      created_ms INTEGER NOT NULL,
      updated_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE bookings (
      attribution_id INTEGER NOT NULL REFERENCES attributions (id) ON DELETE CASCADE,
      region TEXT NOT NULL,
      area_share REAL NOT NULL,
      positive_share REAL,
      negative_share REAL,
      rank_accuracy REAL,
      pointing REAL,
      PRIMARY KEY (attribution_id, region)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER bookings_after_mark_inserted AFTER INSERT ON marks ${unbook('NEW.sample_id')}
    CREATE TRIGGER bookings_after_mark_updated AFTER UPDATE ON marks
      WHEN NEW.kind <> OLD.kind OR NEW.shape <> OLD.shape ${unbook('NEW.sample_id')}
    CREATE TRIGGER bookings_after_mark_deleted AFTER DELETE ON marks ${unbook('OLD.sample_id')}
    CREATE TRIGGER bookings_after_mask_inserted AFTER INSERT ON masks ${unbook('NEW.sample_id')}
    CREATE TRIGGER bookings_after_mask_updated AFTER UPDATE ON masks
      WHEN NEW.path <> OLD.path OR NEW.sha256 IS NOT OLD.sha256 ${unbook('NEW.sample_id')}
    CREATE TRIGGER bookings_after_mask_deleted AFTER DELETE ON masks ${unbook('OLD.sample_id')}
  `,
};
