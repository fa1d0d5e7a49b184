import type { Migration } from '../database/migrate.ts';
import { datasetsAndSamples } from './0001-datasets-and-samples.ts';
import { modelsAndResults } from './0002-models-and-results.ts';
import { jobsAndReports } from './0003-jobs-and-reports.ts';
import { conceptReadings } from './0004-concept-readings.ts';
import { reviews } from './0005-reviews.ts';
import { secondLooksAndQueues } from './0006-second-looks-and-queues.ts';

/** In order; the last one's version is the catalog's. One that was released is never changed, only followed. */
export const migrations: readonly Migration[] = [
  datasetsAndSamples,
  modelsAndResults,
  jobsAndReports,
  conceptReadings,
  reviews,
  secondLooksAndQueues,
];

export const catalogVersion = migrations.length;
