import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** A process that has ended and is not yet taken note of by whoever started it counts as gone. */
export async function isRunning(processId: number): Promise<boolean> {
  const state = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => undefined);
  return state !== undefined && !/^\d+ \(.*\) [ZX] /s.test(state);
}

/** Linux tells which processes a process has started. */
export async function listChildren(processId: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${processId}/task/${processId}/children`, 'utf8').catch(() => '');
  return text.trim().split(/\s+/).filter(Boolean).map(Number);
}

/** Waits until a process has started another one. */
export async function waitForChild(processId: number): Promise<number> {
  for (;;) {
    const [child] = await listChildren(processId);
    if (child !== undefined) return child;
    await wait(20);
  }
}
