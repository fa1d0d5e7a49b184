import type { ReadableDatabase } from './database/database.ts';
import { createGroupChooser, type SampleScope } from './group-choice.ts';
import { writeList } from './rows.ts';

/** A picture that still has to be looked at, and a sample that shows it. */
export interface MissingSample {
  readonly id: number;
  readonly path: string;
  readonly contentSha256: string;
}

export type MissingLister = (setup: number, scope: SampleScope) => readonly MissingSample[];

/**
 * Lists, by path, what a job still has to do: every picture of the scope without a result of the setup, once, however many
 * samples show it; none that is unreadable or was not hashed yet.
 */
export function createMissingLister(database: ReadableDatabase, table: 'predictions' | 'attributions'): MissingLister {
  const chooseGroups = createGroupChooser(database);
  // With min(), SQLite takes the other columns from the row it is found in.
  const missing = database.read<[{ setup: number; groups: string }], MissingSample & { first: string }>(
    `SELECT s.id, min(s.path) AS path, s.content_sha256 AS contentSha256 FROM samples s
     WHERE s.group_id IN (SELECT value FROM json_each(@groups))
       AND s.unreadable IS NULL AND s.content_sha256 IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM ${table} r WHERE r.setup_id = @setup AND r.sample_id = s.id)
     GROUP BY s.content_sha256 ORDER BY 2`,
  );
  return (setup, scope) => missing.list({ setup, groups: writeList(chooseGroups(scope).map(({ id }) => id)) });
}
