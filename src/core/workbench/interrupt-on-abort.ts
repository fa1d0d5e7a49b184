import type { Engine } from '#core/engine/index.ts';
import type { JobControl } from './job.ts';

/** A run cannot be interrupted, its process can: calls not answered then throw `job/cancelled`. */
export async function interruptOnAbort<Result>(
  engine: Engine,
  { signal }: JobControl,
  work: () => Promise<Result>,
): Promise<Result> {
  const interrupt = (): void => void engine.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    return await work();
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}
