import type { Migration } from '../database/migrate.ts';
import { datasetsAndSamples } from './0001-datasets-and-samples.ts';
import { modelsAndResults } from './0002-models-and-results.ts';
import { jobsAndReports } from './0003-jobs-and-reports.ts';
import { conceptReadings } from './0004-concept-readings.ts';
import { reviews } from './0005-reviews.ts';
import { variantsAndCards } from './0006-variants-and-cards.ts';
import { audits } from './0007-audits.ts';
import { traitsAndAnalyses } from './0008-traits-and-analyses.ts';
import { log } from './0009-log.ts';
import { secondLooksAndQueues } from './0010-second-looks-and-queues.ts';
import { maskMarks } from './0011-mask-marks.ts';

/** In order; the last one's version is the catalog's. One that was released is never changed, only followed. */
export const migrations: readonly Migration[] = [
  datasetsAndSamples,
  modelsAndResults,
  jobsAndReports,
  conceptReadings,
  reviews,
  variantsAndCards,
  audits,
  traitsAndAnalyses,
  log,
  secondLooksAndQueues,
  maskMarks,
];

export const catalogVersion = migrations.length;
