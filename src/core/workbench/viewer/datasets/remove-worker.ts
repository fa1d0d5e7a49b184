import { parentPort, workerData } from 'node:worker_threads';
import { openCatalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { RemovalAnswer, RemovalRequest } from './remove-in-thread.ts';

/** Removes one dataset and says what went. */
function remove({ file, dataset }: RemovalRequest): RemovalAnswer {
  try {
    const catalog = openCatalog(file);
    try {
      return { report: catalog.deleteDataset(dataset) };
    } finally {
      catalog.close();
    }
  } catch (cause) {
    return { failure: LightboxError.from(cause).toRecord() };
  }
}

parentPort?.postMessage(remove(workerData as RemovalRequest));
