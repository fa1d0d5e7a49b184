import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { DatasetAudit } from '#shared/contract/dataset-audit.ts';
import type { JobView } from '#shared/contract/jobs.ts';
import { api } from '../api/client.ts';
import { isActive, startJob, useJobs } from '../jobs/use-jobs.ts';

export interface AuditPlace {
  readonly audit: DatasetAudit | undefined;
  readonly isStale: boolean;
  readonly isLoading: boolean;
  readonly fault: string | undefined;
  readonly job: JobView | undefined;
  readonly run: () => void;
}

/** The audit the catalog keeps of a dataset, and the job that makes a new one. */
export function useAudit(dataset: number): AuditPlace {
  const queries = useQueryClient();
  const found = useQuery(api.datasetAudit.find.queryOptions({ input: { dataset } }));
  const { jobs } = useJobs();
  return {
    audit: found.data?.audit,
    isStale: found.data?.isStale ?? false,
    ...{ isLoading: found.isLoading, fault: found.error?.message },
    job: jobs.find((job) => job.kind === 'audit' && isActive(job)),
    run: () => void startJob(queries, { kind: 'audit', dataset }),
  };
}
