import { LightboxError } from '#shared/errors.ts';

/** @throws LightboxError `job/cancelled` when the reader has cancelled. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new LightboxError('job/cancelled', 'Cancelled while the dataset was being read.');
}
