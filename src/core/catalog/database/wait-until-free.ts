import { setTimeout as pause } from 'node:timers/promises';
import { LightboxError } from '#shared/errors.ts';
import { DEFAULT_BUSY_TIMEOUT_MS } from './connect.ts';

/** How long to wait for another program that writes, and until when anybody cares. */
export interface Patience {
  /** 5 s by default. */
  readonly patienceMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Short enough that nobody sees it, long enough to leave the other program its disk. */
const STEP_MS = 25;

/**
 * Tries again until it works, and lets everything else in this process go on meanwhile: SQLite's own waiting holds up the whole
 * process. Throws `catalog/busy` when patience is at its end, and at once whatever else `attempt` throws.
 */
export async function retryWhileBusy<Result>(
  attempt: () => Result,
  { patienceMs = DEFAULT_BUSY_TIMEOUT_MS, signal }: Patience = {},
): Promise<Result> {
  const endMs = performance.now() + patienceMs;
  for (;;) {
    try {
      return attempt();
    } catch (cause) {
      const isBusy = LightboxError.from(cause).code === 'catalog/busy';
      if (!isBusy || performance.now() > endMs || signal?.aborted) throw cause;
    }
    await pause(STEP_MS);
  }
}

/** Comes back when nobody else writes. Throws `catalog/busy`. */
export function waitUntilFree(
  database: { readonly file: string; readonly isFree: boolean },
  patience: Patience = {},
): Promise<void> {
  return retryWhileBusy(() => {
    if (database.isFree) return;
    const sentence = `The catalog "${database.file}" is being written by another program for too long; try again when it is done.`;
    throw new LightboxError('catalog/busy', sentence);
  }, patience);
}
