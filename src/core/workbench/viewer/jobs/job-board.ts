import type { JobList, JobRequest, JobView } from '#shared/contract/jobs.ts';
import { LightboxError } from '#shared/errors.ts';
import { findCatalog } from '../../catalog-keeper.ts';
import { interruptOnAbort } from '../../interrupt-on-abort.ts';
import type { ViewerPlace } from '../viewer-place.ts';
import { BoardJob } from './board-job.ts';
import { titleJob } from './job-title.ts';
import { workOn } from './job-work.ts';

/** The jobs the window has begun: one runs, the others wait their turn. */
export interface JobBoard {
  list(): JobList;
  /** Throws `dataset/unknown`, `model/not-found` for what is not there. */
  start(request: JobRequest): Promise<Pick<JobView, 'id'>>;
  /** All of these throw `request/invalid` for a job that is not on the board. */
  cancel(id: number): void;
  pause(id: number): void;
  resume(id: number): void;
  /** Leaves a job that has not ended. */
  dismiss(id: number): void;
  /** Cancels everything and waits until it has ended. */
  close(): Promise<void>;
}

export function createJobBoard(place: ViewerPlace): JobBoard {
  const jobs: BoardJob[] = [];
  let [lastId, changes] = [0, 0];
  let queue = Promise.resolve();
  const get = (id: number): BoardJob => jobs.find((job) => job.id === id) ?? unknownJob(id);
  const run = async (job: BoardJob, request: JobRequest): Promise<void> => {
    await job.run(async (control) => {
      const catalog = await place.write();
      return interruptOnAbort(place.engine, control, () => workOn({ engine: place.engine, catalog }, request, control));
    });
    job.dataset = findDataset(place, request);
    changes += 1;
  };
  return {
    list: () => ({ jobs: jobs.map((job) => job.view()).reverse(), changes: changes + sum(jobs) }),
    start: async (request) => {
      const needsCatalog = 'dataset' in request;
      const title = titleJob(needsCatalog ? place.read() : await place.write(), request);
      const job = new BoardJob({ id: ++lastId, kind: request.kind, title });
      jobs.push(job);
      queue = queue.then(() => run(job, request));
      return { id: job.id };
    },
    cancel: (id) => {
      get(id).cancel();
    },
    pause: (id) => {
      get(id).pause();
    },
    resume: (id) => {
      get(id).resume();
    },
    dismiss: (id) => {
      if (get(id).hasEnded) jobs.splice(jobs.indexOf(get(id)), 1);
    },
    close: async () => {
      for (const job of jobs) job.cancel();
      await queue;
    },
  };
}

/** What running jobs have brought so far counts too, so that lists fill while they go on. */
const sum = (jobs: readonly BoardJob[]): number => jobs.reduce((all, job) => all + job.parts, 0);

function findDataset({ read }: ViewerPlace, request: JobRequest): number | undefined {
  if ('dataset' in request) return request.dataset;
  const datasets = findCatalog(read)?.datasets.list() ?? [];
  if (request.kind === 'demo') return datasets[0]?.id;
  return datasets.find(({ folder, name }) => name === request.name || folder === request.folder)?.id;
}

function unknownJob(id: number): never {
  throw new LightboxError('request/invalid', `There is no job ${id} any more; it may have been dismissed.`);
}
