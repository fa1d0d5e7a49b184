import { Worker } from 'node:worker_threads';
import type { DeletionReport } from '#core/catalog/index.ts';
import { LightboxError, type ErrorRecord } from '#shared/errors.ts';

export interface RemovalRequest {
  readonly file: string;
  readonly dataset: number;
}

export type RemovalAnswer = { readonly report: DeletionReport } | { readonly failure: ErrorRecord };

/**
 * Removes a dataset in a thread of its own, as one transaction over all its rows holds a process up for seconds. It cannot be
 * broken off. Throws what `Catalog.deleteDataset` throws.
 */
export async function removeInThread(file: string, dataset: number): Promise<DeletionReport> {
  const script = new URL('./remove-worker.ts', import.meta.url);
  const worker = new Worker(script, { execArgv: [], workerData: { file, dataset } satisfies RemovalRequest });
  try {
    const answer = await new Promise<RemovalAnswer>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
      worker.once('exit', (code) => {
        reject(
          new LightboxError('internal', `The thread that removes the dataset ended with code ${code}; try again.`),
        );
      });
    });
    if ('report' in answer) return answer.report;
    throw new LightboxError(answer.failure.code, answer.failure.message);
  } finally {
    await worker.terminate();
  }
}
