import { LightboxError } from '#shared/errors.ts';

/** Something to be computed for one picture. */
export interface ComputeTask<Result> {
  /** The picture it is about: those asked for latest come first. */
  readonly sample: number;
  /** Whether it can begin without loading anything; asked when a turn is free. */
  readonly isReady: () => boolean;
  /** Aborted when nobody waits for it any more: then it does not begin. What has begun is finished. */
  readonly signal: AbortSignal | undefined;
  readonly work: () => Promise<Result>;
}

export interface ComputeQueue {
  /** Throws `job/cancelled` for what was aborted before it began, and what `work` throws. */
  ask<Result>(task: ComputeTask<Result>): Promise<Result>;
  readonly waiting: number;
}

interface Waiting extends Pick<ComputeTask<unknown>, 'sample' | 'isReady'> {
  readonly begin: () => Promise<void>;
}

/**
 * One thing at a time, as the engine computes. The picture asked about last comes first; of one picture, what needs no model to be
 * opened before what does, so that as few as possible are opened; then in the order asked.
 */
export function createComputeQueue(): ComputeQueue {
  const waiting: Waiting[] = [];
  let isBusy = false;
  const next = (): void => {
    if (isBusy) return;
    const task = takeFirst(waiting);
    if (!task) return;
    isBusy = true;
    void task.begin().finally(() => {
      isBusy = false;
      next();
    });
  };
  return {
    get waiting() {
      return waiting.length;
    },
    ask: <Result>({ sample, isReady, signal, work }: ComputeTask<Result>) =>
      new Promise<Result>((resolve, reject) => {
        const abandon = (): void => {
          const place = waiting.indexOf(task);
          if (place >= 0) waiting.splice(place, 1);
          reject(abandoned());
        };
        const begin = async (): Promise<void> => {
          signal?.removeEventListener('abort', abandon);
          await work().then(resolve, reject);
        };
        const task: Waiting = { sample, isReady, begin };
        if (signal?.aborted) {
          reject(abandoned());
          return;
        }
        signal?.addEventListener('abort', abandon, { once: true });
        waiting.push(task);
        // What is asked in one breath is ordered together.
        setImmediate(next);
      }),
  };
}

function takeFirst(waiting: Waiting[]): Waiting | undefined {
  const latest = waiting.at(-1)?.sample;
  const ofLatest = waiting.filter(({ sample }) => sample === latest);
  const first = ofLatest.find(({ isReady }) => isReady()) ?? ofLatest[0];
  if (first) waiting.splice(waiting.indexOf(first), 1);
  return first;
}

const abandoned = (): LightboxError =>
  new LightboxError('job/cancelled', 'Not computed: another picture was asked for first.');
