/** Of several jobs one has the turn; the others get it in the order in which they asked. */
export class Turn {
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  /** Comes back with the turn: true; or, where it was not worth waiting any longer, without it: false. */
  async take(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (!this.#isTaken) {
      this.#isTaken = true;
      return true;
    }
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const come = (): void => {
      resolve(true);
    };
    const leave = (): void => {
      const place = this.#waiting.indexOf(come);
      if (place < 0) return;
      this.#waiting.splice(place, 1);
      resolve(false);
    };
    this.#waiting.push(come);
    signal.addEventListener('abort', leave, { once: true });
    const hasCome = await promise;
    signal.removeEventListener('abort', leave);
    return hasCome;
  }

  /** To be called by whoever has it. */
  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isTaken = false;
  }
}
