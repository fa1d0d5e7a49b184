import type { Catalog } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import type { JobRequest } from '#shared/contract/jobs.ts';
import type { JobControl } from '../../job.ts';

/** Where a job works. */
export interface JobPlace {
  readonly engine: Engine;
  readonly catalog: Catalog;
}

/** What came of a job, in a sentence. */
export type Work<Kind extends JobRequest['kind']> = (
  place: JobPlace,
  request: Extract<JobRequest, { kind: Kind }>,
  control: JobControl,
) => Promise<string>;
