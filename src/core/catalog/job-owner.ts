import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process that works on a job. */
export interface JobOwner {
  readonly pid: number;
  /** The name of its machine or container: process ids mean nothing outside of it. */
  readonly host: string;
  /** When it was last heard of. */
  readonly heartbeatMs: number;
}

/** A process that says nothing for so long is stuck or gone, whatever runs under its id now. */
const SILENCE_MS = 60_000;

export function thisOwner(): JobOwner {
  return { pid: process.pid, host: hostname(), heartbeatMs: Date.now() };
}

/** A job of some catalog. */
export interface OwnedJob {
  /** The catalog's file. */
  readonly file: string;
  readonly id: number;
}

/** What this process last said of the jobs it works on; no clock tells it from an earlier process of the same id. */
const ownHeartbeats = new Map<string, number>();

export function rememberHeartbeat(job: OwnedJob, heartbeatMs: number): void {
  ownHeartbeats.set(nameJob(job), heartbeatMs);
}

/** One name, by whatever link the catalog was opened. */
function nameJob({ file, id }: OwnedJob): string {
  try {
    return `${realpathSync(file)}#${id}`;
  } catch {
    return `${file}#${id}`;
  }
}

export function isThisProcess(owner: JobOwner | undefined, job: OwnedJob): boolean {
  if (owner?.host !== hostname() || owner.pid !== process.pid) return false;
  // In a container every start may have the same id.
  return ownHeartbeats.get(nameJob(job)) === owner.heartbeatMs;
}

export function isOwnerGone(owner: JobOwner | undefined, job: OwnedJob): boolean {
  if (!owner) return true;
  if (owner.host === hostname() && owner.pid === process.pid) return !isThisProcess(owner, job);
  if (Date.now() - owner.heartbeatMs > SILENCE_MS) return true;
  return owner.host === hostname() && !isAlive(owner.pid);
}

/** Whether a process of this machine runs, also one of another user. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
