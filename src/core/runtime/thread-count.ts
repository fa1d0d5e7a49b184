import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * How many threads a session uses when nobody says: one per physical core this process may use. A second thread on the same
 * core makes convolutions slower. Where the system does not tell cores from hardware threads, all of the latter.
 */
export function defaultThreadCount(): number {
  const available = availableParallelism();
  return Math.max(1, Math.min(available, countPhysicalCores() ?? available));
}

function countPhysicalCores(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return countCores(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return undefined;
  }
}

/** Cores listed by Linux's /proc/cpuinfo; undefined when it names none (as on ARM). */
export function countCores(cpuInfo: string): number | undefined {
  const cores = cpuInfo.split('\n\n').flatMap((processor) => {
    const core = /^core id\s*:\s*(\d+)/m.exec(processor)?.[1];
    const socket = /^physical id\s*:\s*(\d+)/m.exec(processor)?.[1] ?? '0';
    return core === undefined ? [] : [`${socket}:${core}`];
  });
  return cores.length === 0 ? undefined : new Set(cores).size;
}
