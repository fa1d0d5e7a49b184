import type { JobView } from '#shared/contract/jobs.ts';
import { LightboxError } from '#shared/errors.ts';
import type { JobControl, ProgressStep } from '../../job.ts';
import type { Turn } from './turn.ts';
import { YieldingSwitch } from './yielding-switch.ts';

/** A rate is told from so many milliseconds on; sooner it jumps. */
const SETTLED_MS = 1500;
/** So often at most a running job counts as having changed the catalog. */
const PART_MS = 1000;

/** One job on the board: how far it is, and the switches by which it is paused and cancelled. */
export class BoardJob {
  readonly id: number;
  /** The dataset it worked on. */
  dataset: number | undefined;
  /** How often its progress was worth a look at the catalog. */
  parts = 0;
  readonly #start: Pick<JobView, 'id' | 'kind' | 'title'>;
  readonly #controller = new AbortController();
  readonly #pause: YieldingSwitch;
  #state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' = 'queued';
  #step: ProgressStep = { done: 0, total: 0, label: '' };
  #stretch: Stretch = { label: '', startMs: 0, startDone: 0 };
  #outcome: string | undefined;
  #lookedMs = 0;

  constructor(start: Pick<JobView, 'id' | 'kind' | 'title'>, turn: Turn) {
    this.id = start.id;
    this.#start = start;
    this.#pause = new YieldingSwitch(turn, this.#controller.signal);
  }

  get hasEnded(): boolean {
    return this.#state !== 'queued' && this.#state !== 'running';
  }

  /** Does the work when its turn comes, unless it was cancelled before. Never throws: how it ended is told by `view`. */
  async run(work: (control: JobControl) => Promise<string>): Promise<void> {
    await this.#pause.take();
    try {
      if (!this.hasEnded) await this.#work(work);
    } finally {
      this.#pause.give();
    }
  }

  async #work(work: (control: JobControl) => Promise<string>): Promise<void> {
    this.#state = 'running';
    try {
      const control = { signal: this.#controller.signal, pause: this.#pause, onProgress: this.#advance };
      this.#end('done', await work(control));
    } catch (cause) {
      const { code, message } = LightboxError.from(cause);
      if (code === 'job/cancelled')
        this.#end('cancelled', 'Cancelled. What was done is kept; starting it again goes on.');
      else this.#end('failed', message);
    }
  }

  cancel(): void {
    if (this.hasEnded) return;
    this.#controller.abort();
    this.#pause.resume();
    if (this.#state === 'queued') this.#end('cancelled', 'Cancelled before it began.');
  }

  pause(): void {
    if (!this.hasEnded) this.#pause.pause();
  }

  resume(): void {
    this.#pause.resume();
    this.#stretch = { ...this.#stretch, label: '' };
  }

  view(): JobView {
    const { done, total, label } = this.#step;
    const state = this.hasEnded ? this.#state : this.#showActive();
    const secondsLeft = state === 'running' ? this.#estimate() : undefined;
    return {
      ...this.#start,
      ...{ state, done, total, label },
      ...(secondsLeft !== undefined && { secondsLeft }),
      ...(this.#outcome !== undefined && { outcome: this.#outcome }),
      ...(this.dataset !== undefined && { dataset: this.dataset }),
    };
  }

  #showActive(): 'queued' | 'running' | 'paused' {
    if (this.#pause.isPaused) return 'paused';
    return this.#pause.hasTurn ? 'running' : 'queued';
  }

  readonly #advance = (step: ProgressStep): void => {
    const nowMs = performance.now();
    const isNew = step.label !== this.#stretch.label || step.done < this.#step.done;
    if (isNew) this.#stretch = { label: step.label, startMs: nowMs, startDone: step.done };
    this.#step = step;
    if (nowMs - this.#lookedMs < PART_MS) return;
    this.#lookedMs = nowMs;
    this.parts += 1;
  };

  /** By the rate since the part it is busy with began. */
  #estimate(): number | undefined {
    const { startMs, startDone } = this.#stretch;
    const elapsedMs = performance.now() - startMs;
    const advanced = this.#step.done - startDone;
    if (elapsedMs < SETTLED_MS || advanced <= 0) return undefined;
    return ((this.#step.total - this.#step.done) * elapsedMs) / advanced / 1000;
  }

  #end(state: 'done' | 'failed' | 'cancelled', outcome: string): void {
    this.#state = state;
    this.#outcome = outcome;
  }
}

interface Stretch {
  readonly label: string;
  readonly startMs: number;
  readonly startDone: number;
}
