import { setInterval, clearInterval } from 'node:timers';
import { LightboxError } from '#shared/errors.ts';
import type { Catalog, Job } from '#core/catalog/index.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';

export interface JobRequest {
  readonly kind: 'import' | 'predict' | 'attribute' | 'concepts' | 'measure' | 'groups';
  /** Enough to run it again. */
  readonly settings: object;
  readonly total: number;
}

/** How a job's work says how far it is. Called after a step is safely in the catalog. */
export interface JobSteps {
  /** Throws `job/cancelled`; waits while the job is paused. */
  done(count: number, label: string): Promise<void>;
}

/** The catalog is told at least so often that a job lives. */
const HEARTBEAT_MS = 5000;

/** Enters a job of this process into the catalog; it is run at once. */
export function beginJob(catalog: Catalog, request: JobRequest): Job {
  return catalog.transaction(() => catalog.jobs.start(catalog.jobs.insert(request).id));
}

/**
 * Runs the work of a job: others see how far it is and can cancel it, and after a crash it is known as interrupted.
 * Running the same request again does what is missing.
 */
export async function runJob<Result>(
  { catalog, job, control }: { catalog: Catalog; job: Job; control: JobControl },
  work: (steps: JobSteps, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { id, total } = job;
  const running = watchJob({ catalog, id, control });
  try {
    const waitForOthers = (): Promise<void> => waitToSave(catalog, running);
    const steps = createSteps({ total, control: running.control, mark: running.mark, waitForOthers });
    const result = await work(steps, running.signal);
    catalog.jobs.finish(id);
    return result;
  } catch (cause) {
    const error = LightboxError.from(cause);
    if (error.code === 'job/cancelled') catalog.jobs.cancel(id);
    else recordFailure(catalog, id, error);
    throw error;
  } finally {
    running.stop();
  }
}

interface RunningJob {
  readonly control: JobControl;
  readonly signal: AbortSignal;
  readonly mark: (done: number) => void;
  readonly stop: () => void;
}

/** A job waits longer than somebody at a window would. */
const PATIENCE_MS = 60_000;

/** To be awaited before a job saves: while another program writes, everything else in this process goes on. Throws `catalog/busy`. */
export function waitToSave(catalog: Catalog, { signal }: Pick<JobControl, 'signal'>): Promise<void> {
  return catalog.waitUntilFree({ patienceMs: PATIENCE_MS, signal });
}

/** Gives signs of life, and hears when another process cancels the job. */
function watchJob({ catalog, id, control }: { catalog: Catalog; id: number; control: JobControl }): RunningJob {
  const cancelled = new AbortController();
  let done = 0;
  const beat = (): void => {
    try {
      if (!catalog.isFree) return;
      catalog.jobs.update(id, done);
    } catch (cause) {
      // Busy for a moment is no reason to stop; the next beat tells.
      if (LightboxError.from(cause).code === 'job/cancelled') cancelled.abort();
    }
  };
  const timer = setInterval(beat, HEARTBEAT_MS);
  const signal = control.signal ? AbortSignal.any([control.signal, cancelled.signal]) : cancelled.signal;
  return {
    control: { ...control, signal },
    signal,
    mark: (count) => {
      done = count;
      beat();
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

interface Stepping {
  readonly total: number;
  readonly control: JobControl;
  readonly mark: (done: number) => void;
  readonly waitForOthers: () => Promise<void>;
}

function createSteps({ total, control, mark, waitForOthers }: Stepping): JobSteps {
  let done = 0;
  return {
    done: async (count, label) => {
      done += count;
      await waitForOthers();
      mark(done);
      control.onProgress?.({ done, total: Math.max(done, total), label });
      await control.pause?.wait(control.signal);
      throwIfCancelled(control);
    },
  };
}

/** A full disk cannot be told of in the catalog that lies on it. */
function recordFailure(catalog: Catalog, id: number, error: LightboxError): void {
  try {
    catalog.jobs.fail(id, error.toRecord());
  } catch {
    return;
  }
}
