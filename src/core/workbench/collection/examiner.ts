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

/** Milliseconds until threads are begun: about what they cost, so that at the worst an import takes twice as long. */
const PATIENCE_MS = 1500;
/** Each holds several pictures in memory, of up to 200 megapixels. */
const MOST_THREADS = 8;
/** Enough that a thread has work while this one writes to the catalog, few enough that memory stays small. */
const PICTURES_FOR_THREAD = 16;
/** Without threads. */
const PICTURES_TOGETHER = 12;

export interface ExaminerOptions {
  readonly threads?: number | undefined;
  readonly patienceMs?: number | undefined;
}

/**
 * Begins on the calling thread, so that few pictures are not held up by threads that start. When that has gone on for a while,
 * threads are begun, and given all pictures once they are ready. On a single core they would gain nothing.
 */
export function createExaminer({
  threads = defaultThreads(),
  patienceMs = PATIENCE_MS,
}: ExaminerOptions = {}): Examiner {
  const take = createTurns(PICTURES_TOGETHER);
  const pool: ExaminingThread[] = [];
  let beginning: number | undefined;
  const startLate = (): void => {
    beginning ??= performance.now();
    if (pool.length > 0 || threads < 2 || performance.now() - beginning < patienceMs) return;
    for (let thread = 0; thread < threads; thread++) pool.push(startExaminingThread());
  };
  return {
    capacity: threads * PICTURES_FOR_THREAD,
    examine: (files) => {
      startLate();
      return findIdlest(pool)?.examine(files) ?? take(() => examineSample(files));
    },
    close: async () => {
      await Promise.all(pool.map((thread) => thread.close()));
    },
  };
}

const defaultThreads = (): number => Math.min(availableParallelism(), MOST_THREADS);

/** Of those that are ready. */
function findIdlest(pool: readonly ExaminingThread[]): ExaminingThread | undefined {
  let [idlest, least]: [ExaminingThread | undefined, number] = [undefined, Infinity];
  for (const thread of pool) {
    const { load = Infinity } = thread;
    if (load < least) [idlest, least] = [thread, load];
  }
  return idlest;
}
