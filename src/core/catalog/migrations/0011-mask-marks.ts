import type { Migration } from '../database/migrate.ts';

/** By what it is told that a mask's file is another one now, as it is for pictures. NULL where nobody has looked since version 11. */
export const maskMarks: Migration = {
  version: 11,
  sql: `
    ALTER TABLE masks ADD COLUMN bytes INTEGER;
    ALTER TABLE masks ADD COLUMN mtime_ms INTEGER;
  `,
};
