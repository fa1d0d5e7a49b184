import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { JobList, JobRequest, JobView } from '#shared/contract/jobs.ts';
import { api, client } from '../api/client.ts';
import { tellFault } from '../shell/notices.ts';

const busyMs = 500;
const idleMs = 5000;

export const isActive = ({ state }: Pick<JobView, 'state'>): boolean =>
  state === 'queued' || state === 'running' || state === 'paused';

/** The jobs of this window, asked for often while there is something to see. */
export function useJobs(): JobList {
  const jobs = useQuery(
    api.jobs.list.queryOptions({
      refetchInterval: ({ state }) => (state.data?.jobs.some(isActive) ? busyMs : idleMs),
    }),
  );
  return jobs.data ?? { jobs: [], changes: 0 };
}

/** What a job has changed in the catalog is asked for again, while it runs and when it ends. Once, at the root. */
export function useJobChanges(): void {
  const { changes } = useJobs();
  const queries = useQueryClient();
  const last = useRef(changes);
  useEffect(() => {
    if (last.current !== changes) void refreshCatalog(queries);
    last.current = changes;
  }, [changes, queries]);
}

export async function refreshCatalog(queries: QueryClient): Promise<void> {
  await Promise.all(
    [api.overview.key(), api.samples.key(), api.models.key(), api.groups.key(), api.datasetAudit.key()].map(
      (queryKey) => queries.invalidateQueries({ queryKey }),
    ),
  );
}

/** Begins a job; undefined where it was refused, which is told. */
export async function startJob(queries: QueryClient, request: JobRequest): Promise<number | undefined> {
  try {
    const { id } = await client.jobs.start(request);
    await queries.invalidateQueries({ queryKey: api.jobs.key() });
    return id;
  } catch (cause) {
    tellFault(cause);
    return undefined;
  }
}

/** Pauses, cancels, dismisses a job, and looks at the board again. */
export async function changeJob(
  queries: QueryClient,
  change: 'cancel' | 'pause' | 'resume' | 'dismiss',
  id: number,
): Promise<void> {
  try {
    await client.jobs[change]({ id });
  } catch (cause) {
    tellFault(cause);
  }
  await queries.invalidateQueries({ queryKey: api.jobs.key() });
}
