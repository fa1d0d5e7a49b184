import type { ProgressStep } from '#core/workbench/index.ts';

/** Where the bar is drawn: stderr, which may or may not be a terminal. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const barLength = 24;
const defaultColumns = 80;
const eraseLine = '\r\u001B[K';

/** A bar redrawn in place on a terminal; nothing at all elsewhere. */
export class ProgressBar {
  readonly #output: ProgressOutput;
  #isDrawn = false;

  constructor(output: ProgressOutput) {
    this.#output = output;
  }

  show(step: ProgressStep): void {
    if (!this.#output.isTTY) return;
    this.#isDrawn = true;
    // Some terminals tell no width, or one of zero.
    const { columns = 0 } = this.#output;
    this.#output.write(`${eraseLine}${renderBar(step).slice(0, (columns > 0 ? columns : defaultColumns) - 1)}`);
  }

  /** Takes the bar off the screen, so that what follows stands on a line of its own. */
  clear(): void {
    if (this.#isDrawn) this.#output.write(eraseLine);
    this.#isDrawn = false;
  }
}

function renderBar({ done, total, label }: ProgressStep): string {
  const filled = total > 0 ? Math.round((barLength * Math.min(done, total)) / total) : 0;
  return `${'█'.repeat(filled)}${'░'.repeat(barLength - filled)} ${done}/${total} ${label}`;
}
