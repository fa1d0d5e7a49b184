import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openCatalog, type Catalog } from '#core/catalog/index.ts';
import { LightboxError } from '#shared/errors.ts';
import type { JobControl, ProgressStep } from '../job.ts';
import { PauseSwitch } from './pause-switch.ts';
import { beginJob, runJob, type JobSteps } from './run-job.ts';

let file: string;
let catalog: Catalog;
beforeEach(() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lightbox-job-'));
  file = path.join(folder, 'study.catalog');
  catalog = openCatalog(file);
  onTestFinished(() => {
    catalog.close();
    rmSync(folder, { recursive: true });
  });
});

const request = { kind: 'predict', settings: { dataset: 'lungs', split: null }, total: 5 } as const;

/** Begins and runs a job; with what became of it. */
function run(
  work: (steps: JobSteps, signal: AbortSignal, id: number) => Promise<unknown>,
  control: JobControl = {},
): { readonly id: number; readonly outcome: Promise<unknown> } {
  const job = beginJob(catalog, request);
  const outcome = runJob({ catalog, job, control }, (steps, signal) => work(steps, signal, job.id));
  return { id: job.id, outcome };
}

describe('a job', () => {
  it('runs from its beginning, tells how far it is, and is done with its result', async () => {
    const shown: ProgressStep[] = [];
    const kept: number[] = [];
    const onProgress = (step: ProgressStep): void => void shown.push(step);
    const { id, outcome } = run(
      async (steps) => {
        for (const count of [2, 3]) {
          await steps.done(count, 'lungs');
          kept.push(catalog.jobs.get(id).done);
        }
        return 'result';
      },
      { onProgress },
    );
    expect(catalog.jobs.get(id)).toMatchObject({ ...request, state: 'running', owner: { pid: process.pid } });
    await expect(outcome).resolves.toBe('result');
    expect(catalog.jobs.get(id)).toMatchObject({ state: 'done', done: 5, error: undefined });
    expect(kept).toEqual([2, 5]);
    expect(shown).toEqual([2, 5].map((done) => ({ done, total: 5, label: 'lungs' })));
  });

  it('that does more than was known of has a total that grows with it', async () => {
    const shown: ProgressStep[] = [];
    await run((steps) => steps.done(7, 'more'), { onProgress: (step) => void shown.push(step) }).outcome;
    expect(shown).toEqual([{ done: 7, total: 7, label: 'more' }]);
  });

  it('fails with what its work throws, and the catalog says why', async () => {
    const { id, outcome } = run(async (steps) => {
      await steps.done(1, 'lungs');
      throw new LightboxError('engine/died', 'The engine is gone; start again.');
    });
    await expect(outcome).rejects.toMatchObject({ code: 'engine/died' });
    expect(catalog.jobs.get(id)).toMatchObject({
      ...{ state: 'failed', done: 1 },
      error: { code: 'engine/died', message: 'The engine is gone; start again.' },
    });
  });

  it('names as internal what nobody foresaw', async () => {
    const { id, outcome } = run(() => Promise.reject(new TypeError('no such thing')));
    await expect(outcome).rejects.toMatchObject({ code: 'internal', message: 'no such thing' });
    expect(catalog.jobs.get(id)).toMatchObject({ state: 'failed', error: { code: 'internal' } });
  });

  it('ends with the step in which its caller cancels, and keeps what it did', async () => {
    const controller = new AbortController();
    const { id, outcome } = run(
      async (steps) => {
        await steps.done(2, 'lungs');
        controller.abort();
        await steps.done(1, 'lungs');
        throw new Error('It went on.');
      },
      { signal: controller.signal },
    );
    await expect(outcome).rejects.toMatchObject({ code: 'job/cancelled' });
    expect(catalog.jobs.get(id)).toMatchObject({ state: 'cancelled', done: 3 });
  });

  it('ends with the step in which somebody else cancels it', async () => {
    const { id, outcome } = run(async (steps, signal, own) => {
      const other = openCatalog(file);
      other.jobs.cancel(own);
      other.close();
      expect(signal.aborted).toBe(false);
      await steps.done(2, 'lungs').finally(() => {
        expect(signal.aborted).toBe(true);
      });
    });
    await expect(outcome).rejects.toMatchObject({ code: 'job/cancelled' });
    expect(catalog.jobs.get(id)).toMatchObject({ state: 'cancelled', done: 0 });
  });

  it('is not done where somebody cancelled it in its last step', async () => {
    const { id, outcome } = run((_, __, own) => {
      catalog.jobs.cancel(own);
      return Promise.resolve();
    });
    await expect(outcome).rejects.toMatchObject({ code: 'job/cancelled' });
    expect(catalog.jobs.get(id).state).toBe('cancelled');
  });

  it('gives signs of life between its steps, and hears by them that it was cancelled', async () => {
    const { id, outcome } = run(async (_, signal, own) => {
      const began = catalog.jobs.get(own).owner?.heartbeatMs ?? Infinity;
      while ((catalog.jobs.get(own).owner?.heartbeatMs ?? 0) <= began) await wait(20);
      catalog.jobs.cancel(own);
      while (!signal.aborted) await wait(20);
      return 'heard';
    });
    await expect(outcome).rejects.toMatchObject({ code: 'job/cancelled' });
    expect(catalog.jobs.get(id).state).toBe('cancelled');
  });

  it('halts between two steps while it is paused, and can be cancelled then', async () => {
    const pause = new PauseSwitch();
    const controller = new AbortController();
    pause.pause();
    let steps = 0;
    const { id, outcome } = run(
      async (job) => {
        while (steps < 5) {
          await job.done(1, 'lungs');
          steps++;
        }
      },
      { pause, signal: controller.signal },
    );
    const ended = expect(outcome).rejects.toMatchObject({ code: 'job/cancelled' });
    await nextTurn();
    expect([steps, catalog.jobs.get(id).done]).toEqual([0, 1]);
    pause.resume();
    pause.pause();
    await nextTurn();
    expect([steps, catalog.jobs.get(id).done]).toEqual([1, 2]);
    controller.abort();
    await ended;
    expect(steps).toBe(1);
  });
});
