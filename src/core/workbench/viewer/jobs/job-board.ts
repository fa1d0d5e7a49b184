import type { JobList, JobRequest, JobView } from '#shared/contract/jobs.ts';
import { LightboxError } from '#shared/errors.ts';
import { findCatalog } from '../../catalog-keeper.ts';
import { interruptOnAbort } from '../../interrupt-on-abort.ts';
import type { ViewerPlace } from '../viewer-place.ts';
import { BoardJob } from './board-job.ts';
import { ChangeCounter } from './change-counter.ts';
import { titleJob } from './job-title.ts';
import { workOn } from './job-work.ts';
import { forgetOtherJob, listOtherJobs } from './other-jobs.ts';
import { Turn } from './turn.ts';

/** The jobs the window has begun: one runs, the others wait their turn; one that is paused lets others pass. Beside them, those of other processes. */
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
  /** Of another process, by the catalog's number. Throws `request/invalid`. */
  cancelOther(id: number): Promise<void>;
  /** Forgets one that was interrupted. */
  forgetOther(id: number): Promise<void>;
  /** Cancels everything and waits until it has ended. */
  close(): Promise<void>;
}

export function createJobBoard(place: ViewerPlace): JobBoard {
  const jobs: BoardJob[] = [];
  const turn = new Turn();
  const changes = new ChangeCounter();
  const working = new Set<Promise<void>>();
  let lastId = 0;
  const get = (id: number): BoardJob => jobs.find((job) => job.id === id) ?? unknownJob(id);
  const run = async (job: BoardJob, request: JobRequest): Promise<void> => {
    await job.run(async (control) => {
      const catalog = await place.write();
      return interruptOnAbort(place.engine, control, () => workOn({ engine: place.engine, catalog }, request, control));
    });
    job.dataset = findDataset(place, request);
    changes.count();
  };
  return {
    list: () => {
      const catalog = findCatalog(place.read);
      const others = catalog ? [...listOtherJobs(catalog)] : [];
      return { jobs: jobs.map((job) => job.view()).reverse(), others, changes: changes.read(jobs, others) };
    },
    start: async (request) => {
      const makesCatalog = request.kind === 'demo' || request.kind === 'import';
      const title = titleJob(makesCatalog ? await place.write() : place.read(), request);
      const job = new BoardJob({ id: ++lastId, kind: request.kind, title }, turn);
      jobs.push(job);
      const done = run(job, request).finally(() => working.delete(done));
      working.add(done);
      return { id: job.id };
    },
    ...switchesOf(get),
    dismiss: (id) => {
      if (get(id).hasEnded) jobs.splice(jobs.indexOf(get(id)), 1);
    },
    close: async () => {
      for (const job of jobs) job.cancel();
      await Promise.all(working);
    },
    ...othersOf(place),
  };
}

function switchesOf(get: (id: number) => BoardJob): Pick<JobBoard, 'cancel' | 'pause' | 'resume'> {
  return {
    cancel: (id) => {
      get(id).cancel();
    },
    pause: (id) => {
      get(id).pause();
    },
    resume: (id) => {
      get(id).resume();
    },
  };
}

function othersOf({ write }: ViewerPlace): Pick<JobBoard, 'cancelOther' | 'forgetOther'> {
  return {
    cancelOther: async (id) => {
      (await write()).jobs.cancel(id);
    },
    forgetOther: async (id) => {
      forgetOtherJob(await write(), id);
    },
  };
}

function findDataset({ read }: ViewerPlace, request: JobRequest): number | undefined {
  if (request.kind === 'remove') return undefined;
  if ('dataset' in request) return request.dataset;
  if (request.kind === 'test-region') return read().samples.get(request.sample).datasetId;
  const datasets = findCatalog(read)?.datasets.list() ?? [];
  if (request.kind === 'demo') return datasets[0]?.id;
  return datasets.find(({ folder, name }) => name === request.name || folder === request.folder)?.id;
}

function unknownJob(id: number): never {
  throw new LightboxError('request/invalid', `There is no job ${id} any more; it may have been dismissed.`);
}
