import { LightboxError } from '#shared/errors.ts';
import type { PauseSwitch } from './collection/pause-switch.ts';

/** How far a long job is. */
export interface ProgressStep {
  readonly done: number;
  readonly total: number;
  /** What it is busy with. */
  readonly label: string;
}

/** The caller's side of a long job. */
export interface JobControl {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((step: ProgressStep) => void) | undefined;
  /** Looked at between the steps of jobs over a dataset. */
  readonly pause?: PauseSwitch | undefined;
}

/** Throws `job/cancelled` when the caller has cancelled. */
export function throwIfCancelled({ signal }: JobControl): void {
  if (signal?.aborted) throw new LightboxError('job/cancelled', 'Cancelled; nothing is left half-written.');
}

/** Counts the steps of a job and tells the caller. */
export function createProgress(total: number, { onProgress }: JobControl): (label: string) => void {
  let done = 0;
  return (label) => onProgress?.({ done: Math.min(total, done++), total, label });
}
