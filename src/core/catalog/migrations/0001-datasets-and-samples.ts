import type { Migration } from '../database/migrate.ts';

/**
 * Datasets, their samples and what people say about these.
 *
 * A group is what samples of a dataset share: split, label and collection, '' where the dataset does not say. There are few
 * of them, so a filter is first turned into a set of groups. Results carry their sample's group, kept right by a foreign key
 * that cascades, so that they can be filtered and counted without looking at the samples.
 */
export const datasetsAndSamples: Migration = {
  version: 1,
  sql: `
    CREATE TABLE datasets (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      folder TEXT NOT NULL,
      layout TEXT NOT NULL,
      profile TEXT NOT NULL,
      salt BLOB NOT NULL,
      recipe TEXT NOT NULL CHECK (json_valid(recipe)),
      imported_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE groups (
      id INTEGER PRIMARY KEY,
      dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
      split TEXT NOT NULL,
      label TEXT NOT NULL,
      collection TEXT NOT NULL,
      UNIQUE (dataset_id, split, label, collection),
      UNIQUE (id, dataset_id)
    ) STRICT;

    CREATE TABLE samples (
      id INTEGER PRIMARY KEY,
      dataset_id INTEGER NOT NULL,
      group_id INTEGER NOT NULL,
      path TEXT NOT NULL,
      content_sha256 TEXT CHECK (length(content_sha256) = 64),
      bytes INTEGER,
      mtime_ms INTEGER,
      width INTEGER,
      height INTEGER,
      patient_hash TEXT,
      metadata TEXT NOT NULL CHECK (json_valid(metadata)),
      primary_id INTEGER REFERENCES samples (id) ON DELETE SET NULL CHECK (primary_id <> id),
      unreadable TEXT,
      UNIQUE (dataset_id, path),
      UNIQUE (group_id, id),
      FOREIGN KEY (group_id, dataset_id) REFERENCES groups (id, dataset_id) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX samples_by_content ON samples (content_sha256);
    CREATE INDEX samples_by_primary ON samples (primary_id) WHERE primary_id IS NOT NULL;

    CREATE TABLE masks (
      sample_id INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      path TEXT NOT NULL,
      is_empty INTEGER CHECK (is_empty IN (0, 1)),
      sha256 TEXT CHECK (length(sha256) = 64),
      PRIMARY KEY (sample_id, kind)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE marks (
      id INTEGER PRIMARY KEY,
      sample_id INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      shape TEXT NOT NULL CHECK (json_valid(shape)),
      author TEXT NOT NULL,
      created_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX marks_by_sample ON marks (sample_id);

    CREATE TABLE tags (
      sample_id INTEGER NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
      tag TEXT NOT NULL,
      PRIMARY KEY (sample_id, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tags_by_tag ON tags (tag, sample_id);
  `,
};
