import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PauseSwitch } from './pause-switch.ts';

/** Whether a promise is still open after the event loop has gone round. */
async function isWaiting(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  return (await Promise.race([promise, nextTurn(open)])) === open;
}

describe('a pause switch', () => {
  it('lets a job go on that is not paused', async () => {
    const pause = new PauseSwitch();
    expect(pause.isPaused).toBe(false);
    await pause.wait();
  });

  it('halts everyone who waits until it is resumed', async () => {
    const pause = new PauseSwitch();
    pause.pause();
    pause.pause();
    const waiting = [pause.wait(), pause.wait(new AbortController().signal)];
    for (const one of waiting) expect(await isWaiting(one)).toBe(true);
    expect(pause.isPaused).toBe(true);
    pause.resume();
    await Promise.all(waiting);
    expect(pause.isPaused).toBe(false);
    await pause.wait();
  });

  it('can be paused again, and resumed when it is not paused', async () => {
    const pause = new PauseSwitch();
    pause.resume();
    pause.pause();
    pause.resume();
    pause.pause();
    const waiting = pause.wait();
    expect(await isWaiting(waiting)).toBe(true);
    pause.resume();
    await waiting;
  });

  it('lets go of a job that is cancelled, before or while it waits', async () => {
    const pause = new PauseSwitch();
    pause.pause();
    await pause.wait(AbortSignal.abort());
    const controller = new AbortController();
    const [cancelled, other] = [pause.wait(controller.signal), pause.wait()];
    expect(await isWaiting(cancelled)).toBe(true);
    controller.abort();
    await cancelled;
    expect(await isWaiting(other)).toBe(true);
    expect(pause.isPaused).toBe(true);
    pause.resume();
    await other;
  });
});
