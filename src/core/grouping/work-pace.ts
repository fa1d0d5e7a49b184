import { setImmediate } from 'node:timers/promises';

/** How the caller hears of long computations, and ends them. */
export interface WorkPace {
  /** Throws to end the work. */
  readonly step: (stage: GroupingStage, done: number, total: number) => void;
}

/** The parts of the computation, in their order. */
export type GroupingStage = 'neighbours' | 'spectrum' | 'silhouettes' | 'layout';

const TURN_MS = 25;

/** Lets others have their turn every few milliseconds, and tells how far the work is. */
export function createBreather(
  { step }: WorkPace,
  stage: GroupingStage,
): (done: number, total: number) => Promise<void> {
  let lastMs = performance.now();
  return async (done, total) => {
    if (performance.now() - lastMs < TURN_MS && done < total) return;
    step(stage, done, total);
    await setImmediate();
    lastMs = performance.now();
  };
}
