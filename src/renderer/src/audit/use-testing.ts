import { useQueryClient } from '@tanstack/react-query';
import type { JobRequest, JobView } from '#shared/contract/jobs.ts';
import { isActive, startJob, useJobs } from '../jobs/use-jobs.ts';
import { useAudit } from './audit-state.ts';

interface Testing {
  /** The job begun last, until it was dismissed. */
  readonly job: JobView | undefined;
  readonly isBusy: boolean;
  readonly start: (request: JobRequest) => Promise<number | undefined>;
}

/** Begins tests as jobs, and says how far the latest is. */
export function useTesting(): Testing {
  const { jobs } = useJobs();
  const { job: id, change } = useAudit();
  const queries = useQueryClient();
  const job = jobs.find((one) => one.id === id);
  return {
    job,
    isBusy: job !== undefined && isActive(job),
    start: async (request) => {
      const begun = await startJob(queries, request);
      if (begun !== undefined) change({ job: begun });
      return begun;
    },
  };
}
