/**
 * One reader in a process of its own: `node fuzz-worker.ts READER SEED FIRST COUNT`. Tells its parent before each input which one it is,
 * and at the end what came of all of them.
 */
import { LightboxError } from '#shared/errors.ts';
import { makeInput, type FuzzReader, type OpenedReader } from './fuzz-reader.ts';
import { readers } from './readers.ts';

export interface FuzzReport {
  readonly inputs: number;
  /** How often each answer was given. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Answers there must not be, with the number of the input. */
  readonly faults: readonly string[];
  readonly slowestMs: number;
  readonly peakBytes: number;
}

export type FuzzMessage = { readonly at: number } | { readonly report: FuzzReport };

const [, , name = '', ...numbers] = process.argv;
const [seed = 1, first = 0, count = 0] = numbers.map(Number);
const reader = readers[name];
if (!reader) throw new Error(`There is no reader "${name}".`);

let current = first;
const faults: string[] = [];
process.on('uncaughtException', (error) => faults.push(`${current}: uncaught ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => faults.push(`${current}: unhandled ${String(reason)}`));

const tell = (message: FuzzMessage): void => void process.send?.(message);

async function readOne(opened: OpenedReader, { codes }: FuzzReader): Promise<string> {
  try {
    await opened.read(makeInput(opened.subjects, seed, current));
    return 'read';
  } catch (cause) {
    if (!(cause instanceof LightboxError)) faults.push(`${current}: ${String(cause)}`);
    // A sentence ends.
    else if (!codes.test(cause.code) || !cause.message.endsWith('.'))
      faults.push(`${current}: ${cause.code} ${cause.message}`);
    return cause instanceof LightboxError ? cause.code : 'fault';
  }
}

const opened = await reader.open();
const outcomes: Record<string, number> = {};
let slowestMs = 0;
for (; current < first + count; current++) {
  tell({ at: current });
  const start = performance.now();
  const outcome = await readOne(opened, reader);
  slowestMs = Math.max(slowestMs, performance.now() - start);
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}
await opened.close();
const peakBytes = process.resourceUsage().maxRSS * 1024;
tell({ report: { inputs: count, outcomes, faults, slowestMs, peakBytes } });
process.disconnect();
