import type { Migration } from '../database/migrate.ts';

/** Long tasks, with who works on them and when that was last heard of, and the reports made. */
export const jobsAndReports: Migration = {
  version: 3,
  sql: `
    CREATE TABLE jobs (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
      done INTEGER NOT NULL,
      total INTEGER NOT NULL,
      error_code TEXT,
      error_message TEXT,
      owner_pid INTEGER,
      owner_host TEXT,
      heartbeat_ms INTEGER,
      created_ms INTEGER NOT NULL,
      started_ms INTEGER,
      ended_ms INTEGER
    ) STRICT;

    CREATE TABLE reports (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      title TEXT NOT NULL,
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      path TEXT NOT NULL,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      version TEXT NOT NULL,
      created_ms INTEGER NOT NULL
    ) STRICT;
  `,
};
