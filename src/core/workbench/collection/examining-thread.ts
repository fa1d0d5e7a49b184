import { Worker } from 'node:worker_threads';
import { LightboxError, type ErrorRecord } from '#shared/errors.ts';
import type { ExaminedSample, SampleFiles } from './examine-sample.ts';

export interface ThreadRequest {
  readonly id: number;
  readonly files: SampleFiles;
}

export type ThreadAnswer =
  | { readonly isReady: true }
  | { readonly id: number; readonly examined: ExaminedSample }
  | { readonly id: number; readonly failure: ErrorRecord };

/** A thread that looks at pictures. */
export interface ExaminingThread {
  /** Pictures it has been given and not told of; undefined before it can be given any, and once it has ended. */
  readonly load: number | undefined;
  /** Throws `internal`, also when the thread ends by itself; `job/cancelled` when it is closed. */
  examine(files: SampleFiles): Promise<ExaminedSample>;
  /** Ends it, whatever it is at. */
  close(): Promise<void>;
}

/** Pixels lie outside of what is counted here, and are given back only when it is swept: soon, if there is little. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

/** Starts a thread, which takes some tenths of a second. One that cannot start is never ready, and that is all. */
export function startExaminingThread(script = new URL('./examine-worker.ts', import.meta.url)): ExaminingThread {
  const worker = new Worker(script, { execArgv: [], stdout: true, stderr: true, resourceLimits });
  const waiting = new Map<number, PromiseWithResolvers<ExaminedSample>>();
  let [isReady, count] = [false, 0];
  const end = (error: LightboxError): void => {
    isReady = false;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (answer: ThreadAnswer) => {
    if ('isReady' in answer) isReady = true;
    else settle(waiting, answer);
  });
  worker.on('error', (cause) => {
    end(describeEnd(LightboxError.from(cause).message));
  });
  worker.on('exit', (code) => {
    end(describeEnd(`exit code ${code}`));
  });
  return {
    get load() {
      return isReady ? waiting.size : undefined;
    },
    examine: (files) => {
      const answered = Promise.withResolvers<ExaminedSample>();
      const id = count++;
      waiting.set(id, answered);
      worker.postMessage({ id, files } satisfies ThreadRequest);
      return answered.promise;
    },
    close: async () => {
      end(new LightboxError('job/cancelled', 'Cancelled before the picture was read.'));
      await worker.terminate();
    },
  };
}

function describeEnd(reason: string): LightboxError {
  const sentence = `A thread that reads pictures has ended (${reason}); import the folder again.`;
  return new LightboxError('internal', sentence);
}

function settle(
  waiting: Map<number, PromiseWithResolvers<ExaminedSample>>,
  answer: Exclude<ThreadAnswer, { readonly isReady: true }>,
): void {
  const answered = waiting.get(answer.id);
  waiting.delete(answer.id);
  if ('examined' in answer) answered?.resolve(answer.examined);
  else answered?.reject(new LightboxError(answer.failure.code, answer.failure.message));
}
