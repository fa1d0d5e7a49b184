import type { ErrorRecord } from '#shared/errors.ts';
import { createWorkbench, type JobControl, type Workbench } from '#core/workbench/index.ts';
import { ProgressBar, type ProgressOutput } from './progress-bar.ts';
import { reportFailure, type FailureReport } from './report-failure.ts';

interface TextOutput extends ProgressOutput {
  write(text: string): unknown;
}

export interface ShellStreams {
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
}

/** What a command did: for people, for programs, and what went wrong without ending it. */
export interface CommandOutcome {
  readonly text: string;
  readonly json: unknown;
  readonly failures?: readonly ErrorRecord[];
  /** Whether the exit code says so; true when there are failures. */
  readonly failed?: boolean;
}

/** Options every command has. */
interface SharedOptions {
  readonly json: boolean;
  readonly threads?: number;
  readonly catalog?: string | undefined;
}

type Work = (workbench: Workbench, control: JobControl) => Promise<CommandOutcome>;

/** Runs a command's work, prints what came of it and keeps the exit code. */
export class Shell {
  exitCode = 0;
  readonly #streams: ShellStreams;
  readonly #signal: AbortSignal;

  constructor(streams: ShellStreams, signal: AbortSignal) {
    this.#streams = streams;
    this.#signal = signal;
  }

  async run({ json, threads, catalog }: SharedOptions, work: Work): Promise<void> {
    const bar = new ProgressBar(this.#streams.stderr);
    const workbench = createWorkbench({ catalog, ...(threads !== undefined && { threads }) });
    const onProgress: JobControl['onProgress'] = (step) => {
      bar.show(step);
    };
    try {
      const outcome = await work(workbench, { signal: this.#signal, onProgress });
      bar.clear();
      this.#print(outcome, json);
    } catch (cause) {
      bar.clear();
      this.fail(cause, json);
    } finally {
      await workbench.close();
    }
  }

  /** Says something while the command goes on. */
  announce(text: string): void {
    this.#streams.stdout.write(text);
  }

  /** Reports a failure that ended the command. */
  fail(cause: unknown, json: boolean): void {
    const report: FailureReport = reportFailure(cause);
    this.exitCode = report.exitCode;
    if (json) this.#streams.stdout.write(report.json);
    else this.#streams.stderr.write(report.text);
  }

  #print({ text, json: content, failures = [], failed = failures.length > 0 }: CommandOutcome, json: boolean): void {
    if (failed) this.exitCode = 1;
    if (json) {
      this.#streams.stdout.write(`${JSON.stringify(content, undefined, 2)}\n`);
      return;
    }
    this.#streams.stdout.write(text);
    for (const { code, message } of failures) this.#streams.stderr.write(`lightbox: ${message} [${code}]\n`);
  }
}
