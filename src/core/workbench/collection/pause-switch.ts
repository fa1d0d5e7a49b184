/** Halts a job between two steps and lets it go on. What was done stays done. */
export class PauseSwitch {
  #resume: (() => void) | undefined;
  #paused: Promise<void> | undefined;

  get isPaused(): boolean {
    return this.#paused !== undefined;
  }

  pause(): void {
    this.#paused ??= new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  resume(): void {
    this.#resume?.();
    this.#paused = undefined;
    this.#resume = undefined;
  }

  /** Comes back when the job may go on, or was cancelled. */
  async wait(signal?: AbortSignal): Promise<void> {
    if (!this.#paused || signal?.aborted) return;
    const cancelled = new Promise<void>((resolve) => {
      signal?.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
    });
    await Promise.race([this.#paused, cancelled]);
  }
}
