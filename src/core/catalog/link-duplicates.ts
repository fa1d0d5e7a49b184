import type { WritableDatabase } from './database/database.ts';
import { writeList } from './rows.ts';

/** Finds the samples of a dataset that show the same picture, and points all but one of each at that one. */
export function createDuplicateLinking(
  database: WritableDatabase,
): (datasetId: number, preferredCollections?: readonly string[]) => number {
  const link = database.write<[{ datasetId: number; preferred: string }]>(
    `WITH ranked AS (
       SELECT s.id, first_value(s.id) OVER (
         PARTITION BY s.content_sha256
         ORDER BY ifnull((SELECT key FROM json_each(@preferred) WHERE value = g.collection), 1000), s.path
       ) AS first_id
       FROM samples s JOIN groups g ON g.id = s.group_id
       WHERE s.dataset_id = @datasetId AND s.content_sha256 IS NOT NULL
     )
     UPDATE samples SET primary_id = nullif(ranked.first_id, samples.id) FROM ranked
     WHERE ranked.id = samples.id AND samples.primary_id IS NOT nullif(ranked.first_id, samples.id)`,
  );
  const count = database.read<[number], { copies: number }>(
    'SELECT count(*) AS copies FROM samples WHERE dataset_id = ? AND primary_id IS NOT NULL',
  );
  return (datasetId, preferredCollections = []) =>
    database.transaction(() => {
      link.run({ datasetId, preferred: writeList(preferredCollections) });
      return count.find(datasetId)?.copies ?? 0;
    });
}
