import { availableParallelism } from 'node:os';
import { examineSample, type ExaminedSample, type SampleFiles } from './examine-sample.ts';
import { startExaminingThread, type ExaminingThread } from './examining-thread.ts';
import { createTurns } from './take-turns.ts';

/** Looks at pictures, on all cores when there are many. */
export interface Examiner {
  /** So many pictures asked for at the same time keep it busy. */
  readonly capacity: number;
  /** A file that cannot be used is a finding. Throws `internal`; `job/cancelled` when it is closed. */
  examine(files: SampleFiles): Promise<ExaminedSample>;
  /** Ends its threads, whatever they are at. */
  close(): Promise<void>;
}

/** So many pictures take as long as threads take to start (docs/datasets.md, Speed). */
const PICTURES_BEFORE_THREADS = 200;
/** Each holds several pictures in memory, of up to 200 megapixels. */
const MOST_THREADS = 8;
/** Enough that a thread has work while this one writes to the catalog, few enough that memory stays small. */
const PICTURES_FOR_THREAD = 16;
/** Without threads. */
const PICTURES_TOGETHER = 12;

/**
 * Begins on the calling thread, so that few pictures are not held up by threads that start. Threads are begun after so many
 * pictures, and given all of them once they are ready. On a single core they would gain nothing.
 */
export function createExaminer(threads = Math.min(availableParallelism(), MOST_THREADS)): Examiner {
  const take = createTurns(PICTURES_TOGETHER);
  const pool: ExaminingThread[] = [];
  let asked = 0;
  return {
    capacity: threads * PICTURES_FOR_THREAD,
    examine: (files) => {
      asked++;
      if (asked === PICTURES_BEFORE_THREADS && threads > 1)
        for (let thread = 0; thread < threads; thread++) pool.push(startExaminingThread());
      return findIdlest(pool)?.examine(files) ?? take(() => examineSample(files));
    },
    close: async () => {
      await Promise.all(pool.map((thread) => thread.close()));
    },
  };
}

/** Of those that are ready. */
function findIdlest(pool: readonly ExaminingThread[]): ExaminingThread | undefined {
  let [idlest, least]: [ExaminingThread | undefined, number] = [undefined, Infinity];
  for (const thread of pool) {
    const { load = Infinity } = thread;
    if (load < least) [idlest, least] = [thread, load];
  }
  return idlest;
}
