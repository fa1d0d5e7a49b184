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

export function isThisProcess(owner: JobOwner | undefined): boolean {
  return owner?.host === hostname() && owner.pid === process.pid && owner.heartbeatMs >= startOfThisProcess();
}

export function isOwnerGone(owner: JobOwner | undefined): boolean {
  if (!owner || Date.now() - owner.heartbeatMs > SILENCE_MS) return true;
  if (owner.host !== hostname()) return false;
  return owner.pid === process.pid ? owner.heartbeatMs < startOfThisProcess() : !isAlive(owner.pid);
}

/** In a container every start may have the same id. */
function startOfThisProcess(): number {
  return Date.now() - process.uptime() * 1000;
}

/** Whether a process of this machine runs, also one of another user. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
