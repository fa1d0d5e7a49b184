import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { StreamShape } from './raw-frame.ts';

export type CodecName = 'jpeg-ls' | 'jpeg-2000' | 'htj2k';

export interface CodecRequest {
  readonly codec: CodecName;
  readonly bytes: Uint8Array;
}

export interface DecodedStream {
  /** One byte a sample up to 8 bits, two (little endian) beyond. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly shape: StreamShape;
}

export type CodecAnswer = (DecodedStream & { readonly heapBytes: number }) | { readonly failure: string };

/** A codec's memory grows with its largest picture and never shrinks; beyond this a fresh one is cheaper than keeping it. */
const MOST_MEMORY_KEPT = 2 ** 28;

/** The thread that waits for the next picture. */
let idle: Worker | undefined;

/**
 * Decode a compressed stream in a thread of its own.
 * Throws an error that says why when the codec fails or takes longer than `timeLimit` milliseconds.
 */
export async function runCodec(request: CodecRequest, timeLimit: number): Promise<DecodedStream> {
  const worker = takeWorker();
  let isKept = false;
  try {
    const answer = await ask(worker, request, timeLimit);
    if ('failure' in answer) throw new Error(answer.failure);
    isKept = answer.heapBytes <= MOST_MEMORY_KEPT && keepWorker(worker);
    return answer;
  } finally {
    if (!isKept) await worker.terminate();
  }
}

function takeWorker(): Worker {
  const worker = idle ?? startWorker();
  idle = undefined;
  worker.ref();
  return worker;
}

const startWorker = (): Worker =>
  new Worker(new URL('./codec-worker.ts', import.meta.url), { execArgv: [], stdout: true, stderr: true });

/** One thread is enough to wait, and it does not keep the program running. */
function keepWorker(worker: Worker): boolean {
  if (idle) return false;
  worker.unref();
  idle = worker;
  return true;
}

async function ask(worker: Worker, request: CodecRequest, timeLimit: number): Promise<CodecAnswer> {
  const signal = AbortSignal.timeout(Math.round(timeLimit));
  const answered = once(worker, 'message', { signal }) as Promise<[CodecAnswer]>;
  worker.postMessage(request);
  try {
    return (await answered)[0];
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw new Error(`decoding took longer than ${Math.round(timeLimit / 1000)} seconds`, { cause });
  }
}
