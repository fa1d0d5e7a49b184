import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';

const worker = path.join(import.meta.dirname, 'write-worker.ts');
const count = 150;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lightbox-two-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Its exit code, and what it complained of. */
async function write(file: string, name: string): Promise<readonly [number | null, string]> {
  const child = spawn(process.execPath, [worker, file, name, `${count}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve([code, complaints]);
    });
  });
}

it('two processes make a catalog and write into it at once, while a third reads; nothing is lost', async () => {
  const file = path.join(folder, 'shared.catalog');
  const writers = Promise.all([write(file, 'left'), write(file, 'right')]);
  const state = { running: true };
  void writers.then(() => (state.running = false));
  const catalog = openCatalog(file, { busyTimeoutMs: 30_000 });
  const reading = openCatalog(file, { readonly: true });
  const seen: number[] = [];
  while (state.running) {
    const dataset = reading.datasets.find('shared')?.id ?? 0;
    // Count and rows of one moment fit together, whatever is written meanwhile.
    const [counted, listed] = reading.snapshot(() => [
      reading.samples.count({ dataset }),
      reading.samples.listFiles(dataset).length,
    ]);
    expect(listed).toBe(counted);
    seen.push(counted);
    await turn();
  }
  expect(await writers).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect(seen).toEqual(seen.toSorted((left, right) => left - right));
  const dataset = catalog.datasets.find('shared')?.id ?? 0;
  expect(catalog.samples.countByGroup(dataset).map((group) => group.count)).toEqual([count, count]);
  // Each saw all that was there before it: the transactions stood one behind the other.
  const known = catalog.samples.listFiles(dataset).map(({ id }) => Number(catalog.samples.get(id).metadata['known']));
  expect(known.toSorted((left, right) => left - right)).toEqual(Array.from({ length: 2 * count }, (_, index) => index));
  expect((await catalog.check()).sound).toBe(true);
  reading.close();
  catalog.close();
});
