import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '#core/engine/index.ts';
import { saveModel } from '#core/onnx/index.ts';
import { classes, composite, createBench, hasEnded, isRunning, narrowNetwork, pictures, type Bench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench.remove());

describe('an engine process that dies', () => {
  test('fails the calls it had, and the next call opens the model again', async () => {
    const images = pictures(40);
    const before = await bench.engine.attribute({ handle: bench.opened.handle, images: pictures(1) });
    const processId = bench.engine.processId ?? 0;
    const onProgress = (done: number): void => {
      if (done === 2) process.kill(processId, 'SIGKILL');
    };
    const other = bench.engine.attribute({ handle: bench.opened.handle, images });
    const killed = bench.engine.attribute({ handle: bench.opened.handle, images }, { onProgress });
    const death = {
      code: 'engine/died',
      message:
        'The engine process ended unexpectedly (signal SIGKILL) while explaining with "network.onnx"; nothing was written. ' +
        'Try again; if it repeats, lower --batch or use --provider cpu.',
    };
    const outcomes = await Promise.allSettled([killed, other]);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: death },
      { status: 'rejected', reason: death },
    ]);

    const after = await bench.engine.attribute({ handle: bench.opened.handle, images: pictures(1) });
    expect(after.relevance).toEqual(before.relevance);
    expect(bench.engine.processId).not.toBe(processId);
  });

  test('while nothing runs is not noticed', async () => {
    const processId = bench.engine.processId ?? 0;
    process.kill(processId, 'SIGKILL');
    expect(await hasEnded(processId)).toBe(true);
    const [first, second] = await Promise.all(
      [1, 1].map((count) => bench.engine.attribute({ handle: bench.opened.handle, images: pictures(count) })),
    );
    expect(first?.relevance).toEqual(second?.relevance);
  });

  test('and whose model file is gone says so', async () => {
    const gonePath = path.join(bench.folder, 'gone.onnx');
    await saveModel(narrowNetwork(), gonePath);
    const own = createEngine({ threads: 1 });
    const { handle } = await own.open({ modelPath: gonePath, provider: 'cpu' });
    process.kill(own.processId ?? 0, 'SIGKILL');
    await expect(own.predict({ handle, images: pictures(1) })).rejects.toMatchObject({ code: 'engine/died' });
    await rm(gonePath);
    await expect(own.predict({ handle, images: pictures(1) })).rejects.toMatchObject({ code: 'model/not-found' });
    await saveModel(narrowNetwork(), gonePath);
    expect((await own.predict({ handle, images: pictures(1) })).logits.length).toBe(classes);
    await own.close();
  });
});

describe('an interrupted run', () => {
  test('is cancelled, and the next one starts a process again', async () => {
    const own = createEngine({ threads: 1 });
    const { handle } = await own.open({ modelPath: bench.modelPath, provider: 'cpu', composite });
    const before = await own.attribute({ handle, images: pictures(1) });
    const controller = new AbortController();
    const running = own.attribute({ handle, images: pictures(40) }, { signal: controller.signal });
    const outcome = expect(running).rejects.toMatchObject({ code: 'job/cancelled' });
    const processId = own.processId;
    controller.abort();
    await own.interrupt();
    await outcome;
    const after = await own.attribute({ handle, images: pictures(1) });
    expect(after.relevance).toEqual(before.relevance);
    expect(own.processId).not.toBe(processId);
    await own.close();
  });

  test('does not take those of other jobs along', async () => {
    const own = createEngine({ threads: 1 });
    const { handle } = await own.open({ modelPath: bench.modelPath, provider: 'cpu', composite });
    const alone = await own.attribute({ handle, images: pictures(8) });
    const done: number[] = [];
    const running = own.attribute(
      { handle, images: pictures(8) },
      { signal: new AbortController().signal, onProgress: (count) => done.push(count) },
    );
    for (const wanted of [1, 3, 6]) {
      while (done.length < wanted) await new Promise((resolve) => setTimeout(resolve, 1));
      await own.interrupt();
    }
    expect((await running).relevance).toEqual(alone.relevance);
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await own.close();
  });
});

describe('the end', () => {
  test('closing leaves no process behind and answers what was asked', async () => {
    const own = createEngine({ threads: 1 });
    const { handle } = await own.open({ modelPath: bench.modelPath, provider: 'cpu', composite });
    const processId = own.processId ?? 0;
    const running = own.attribute({ handle, images: pictures(40) });
    const outcome = expect(running).rejects.toMatchObject({ code: 'job/cancelled' });
    await own.close();
    await outcome;
    expect(isRunning(processId)).toBe(false);
    await expect(own.memory()).rejects.toMatchObject({ code: 'job/cancelled', message: 'The engine is closed.' });
    await own.close();
  });

  test('a host that is killed takes its engine process along', async () => {
    const host = spawn(process.execPath, ['--input-type=module', '-e', hostProgram('setInterval(() => {}, 1000);')]);
    const [output] = (await once(host.stdout, 'data')) as [Buffer];
    const processId = Number(output.toString());
    expect(isRunning(processId)).toBe(true);
    host.kill('SIGKILL');
    expect(await hasEnded(processId)).toBe(true);
  });

  test('a host that has nothing left to do ends, and its engine process with it', async () => {
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', hostProgram('')], { timeout: 20_000 });
    expect(await hasEnded(Number(stdout))).toBe(true);
  });

  /** Starts an engine, prints the id of its process, and does not close it. */
  function hostProgram(last: string): string {
    const port = new URL('../../src/core/engine/index.ts', import.meta.url).href;
    return `
      import { createEngine } from ${JSON.stringify(port)};
      const engine = createEngine();
      await engine.memory();
      process.stdout.write(String(engine.processId));
      ${last}`;
  }
});
