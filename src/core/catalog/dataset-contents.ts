import type { ReadableDatabase } from './database/database.ts';

/** How much a catalog has of a dataset: what goes with it when it is deleted. */
export interface DatasetContents {
  readonly samples: number;
  readonly masks: number;
  readonly marks: number;
  readonly reviews: number;
  readonly tags: number;
  readonly predictions: number;
  readonly attributions: number;
  readonly concepts: number;
  readonly variants: number;
  readonly jobs: number;
}

const tablesOfSamples = ['masks', 'marks', 'reviews', 'tags', 'predictions', 'attributions', 'concepts', 'variants'];

/** Jobs name their dataset among their settings. */
export const jobsOfDataset = `settings ->> '$.dataset' = (SELECT name FROM datasets WHERE id = @id)`;

export function createContentCounter(database: ReadableDatabase): (datasetId: number) => DatasetContents {
  const counts = tablesOfSamples.map(
    (table) => `(SELECT count(*) FROM ${table} WHERE sample_id IN (SELECT id FROM samples WHERE dataset_id = @id))
      AS ${table}`,
  );
  const count = database.read<[{ id: number }], DatasetContents>(
    `SELECT (SELECT count(*) FROM samples WHERE dataset_id = @id) AS samples, ${counts.join(', ')},
       (SELECT count(*) FROM jobs WHERE ${jobsOfDataset}) AS jobs`,
  );
  const nothing = Object.fromEntries(tablesOfSamples.map((table) => [table, 0]));
  const none = { samples: 0, ...nothing, jobs: 0 } as unknown as DatasetContents;
  return (id) => count.find({ id }) ?? none;
}
