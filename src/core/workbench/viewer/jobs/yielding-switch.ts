import { PauseSwitch } from '../../collection/pause-switch.ts';
import type { Turn } from './turn.ts';

/** The pause switch of a job among others: while it is halted another has its turn, and afterwards it waits for it like anybody. */
export class YieldingSwitch extends PauseSwitch {
  readonly #turn: Turn;
  readonly #signal: AbortSignal;
  #hasTurn = false;

  constructor(turn: Turn, signal: AbortSignal) {
    super();
    this.#turn = turn;
    this.#signal = signal;
  }

  /** Whether its job may work now. */
  get hasTurn(): boolean {
    return this.#hasTurn;
  }

  /** For its job to begin; at once halted where it was paused before. */
  async take(): Promise<void> {
    this.#hasTurn = await this.#turn.take(this.#signal);
    await this.wait();
  }

  give(): void {
    if (this.#hasTurn) this.#turn.give();
    this.#hasTurn = false;
  }

  override async wait(): Promise<void> {
    // It may be paused again before its turn has come.
    while (this.isPaused && !this.#signal.aborted) {
      this.give();
      await super.wait(this.#signal);
      this.#hasTurn = await this.#turn.take(this.#signal);
    }
  }
}
