import { parentPort } from 'node:worker_threads';
import { LightboxError } from '#shared/errors.ts';
import { examineSample } from './examine-sample.ts';
import type { ThreadAnswer, ThreadRequest } from './examining-thread.ts';
import { createTurns } from './take-turns.ts';

/** Looks at pictures in a thread of its own. */

/** While one is read from the disk or encoded another is decoded. More would only fill the memory. */
const take = createTurns(4);

function tell(answer: ThreadAnswer): void {
  parentPort?.postMessage(answer);
}

async function answer({ id, files }: ThreadRequest): Promise<void> {
  try {
    tell({ id, examined: await take(() => examineSample(files)) });
  } catch (cause) {
    tell({ id, failure: LightboxError.from(cause).toRecord() });
  }
}

parentPort?.on('message', (request: ThreadRequest) => void answer(request));
tell({ isReady: true });
