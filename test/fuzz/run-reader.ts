import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FuzzMessage, FuzzReport } from './fuzz-worker.ts';
import { readers } from './readers.ts';

const script = fileURLToPath(new URL('fuzz-worker.ts', import.meta.url));
/** An input that takes longer hangs. */
const LONGEST_MS = 10_000;
/** Before the first input the reader is made ready. */
const LONGEST_START_MS = 120_000;

export interface ReaderRun {
  readonly name: string;
  readonly seed: number;
  readonly first: number;
  readonly count: number;
}

/** What became of a reader: its report, and what must not be. */
export interface ReaderOutcome {
  readonly report: FuzzReport | undefined;
  readonly faults: readonly string[];
}

/** Runs a reader in a process of its own, and ends it when it hangs. */
export function runReader({ name, seed, first, count }: ReaderRun): Promise<ReaderOutcome> {
  const child = fork(script, [name, seed, first, count].map(String), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let report: FuzzReport | undefined;
  let [at, stderr, hung] = ['its start', '', false];
  const kill = (): void => {
    hung = true;
    child.kill('SIGKILL');
  };
  let watch = setTimeout(kill, LONGEST_START_MS);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-2000)));
  child.on('message', (message: FuzzMessage) => {
    clearTimeout(watch);
    if ('report' in message) report = message.report;
    else {
      at = `input ${message.at}`;
      watch = setTimeout(kill, LONGEST_MS);
    }
  });
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(watch);
      const death = code === 0 ? [] : [`${name}: ${hung ? 'hung' : `died (${signal ?? code}) ${stderr}`} at ${at}`];
      resolve({ report, faults: [...death, ...judge(name, report)] });
    });
  });
}

function judge(name: string, report: FuzzReport | undefined): readonly string[] {
  if (!report) return [`${name}: no report`];
  const most = readers[name]?.memoryBytes ?? 0;
  const memory = report.peakBytes > most ? [`${name}: held ${report.peakBytes} bytes, more than ${most}`] : [];
  return [...report.faults.map((fault) => `${name} ${fault}`), ...memory];
}
