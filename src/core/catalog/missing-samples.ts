import { listAnswers } from './concept-scope.ts';
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

/** The classes of the model: a sample is explained for the one it is labelled with. */
export type OutdatedLister = (
  setup: number,
  scope: SampleScope & { readonly classes: readonly string[] },
) => readonly MissingSample[];

/**
 * Lists, by path, the pictures whose attribution is of another class than the one their label names now. Of several samples that show a
 * picture the first by path decides, as it does when the picture is explained.
 */
export function createOutdatedLister(database: ReadableDatabase): OutdatedLister {
  const chooseGroups = createGroupChooser(database);
  const outdated = database.read<[{ setup: number; answers: string }], MissingSample>(
    `SELECT id, path, contentSha256 FROM (
       SELECT s.id, min(s.path) AS path, s.content_sha256 AS contentSha256, s.group_id AS groupId, r.target
       FROM attributions r JOIN samples s ON s.id = r.sample_id
       WHERE r.setup_id = @setup AND s.group_id IN (SELECT value ->> 0 FROM json_each(@answers))
       GROUP BY s.content_sha256)
     WHERE (groupId, target) NOT IN (SELECT value ->> 0, value ->> 1 FROM json_each(@answers)) ORDER BY path`,
  );
  return (setup, { classes, ...scope }) =>
    outdated.list({ setup, answers: JSON.stringify(listAnswers(chooseGroups(scope), classes)) });
}
