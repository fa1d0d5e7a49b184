import type { OtherJob } from '#shared/contract/jobs.ts';
import type { BoardJob } from './board-job.ts';

/** So often at most, work of other processes counts as a change. */
const PART_MS = 2000;

/** Grows whenever jobs, of this process or others, have changed the catalog: lists fill while they go on. */
export class ChangeCounter {
  #ended = 0;
  #elsewhere = 0;
  #seen: string | undefined;
  #seenMs = -Infinity;

  /** A job has ended. */
  count(): void {
    this.#ended += 1;
  }

  read(jobs: readonly BoardJob[], others: readonly OtherJob[]): number {
    this.#lookElsewhere(others);
    return this.#ended + this.#elsewhere + jobs.reduce((all, job) => all + job.parts, 0);
  }

  #lookElsewhere(others: readonly OtherJob[]): void {
    const sight = others.map(({ id, state, done }) => `${id} ${state} ${done}`).join();
    const nowMs = performance.now();
    if (sight === this.#seen || nowMs - this.#seenMs < PART_MS) return;
    if (this.#seen !== undefined) this.#elsewhere += 1;
    this.#seen = sight;
    this.#seenMs = nowMs;
  }
}
