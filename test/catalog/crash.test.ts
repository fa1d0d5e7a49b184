import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalog, type Catalog } from '#core/catalog/index.ts';
import type { Acknowledged } from './crash-worker.ts';

const worker = path.join(import.meta.dirname, 'crash-worker.ts');
const batchSize = 20;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lightbox-crash-'));
  // Starting is most of what these processes do. Node remembers the code it has read, but only if it ends in peace once.
  execFileSync(process.execPath, [worker, path.join(folder, 'first.catalog'), 'begin'], { env: environment() });
});

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, NODE_COMPILE_CACHE: path.join(folder, 'code') });
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** When to kill: so many milliseconds after so many acknowledgements. Work is counted, since a busy machine takes its time. */
interface Moment {
  readonly lines: number;
  readonly delayMs: number;
}

/** Seeded. */
function createMoments(seed: number): () => Moment {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * below;
  };
  return () => ({ lines: 1 + Math.floor(next(8)), delayMs: next(8) });
}

/** Lets a process work until the moment, kills it, and gives what it had acknowledged. */
async function workAndDie(args: readonly string[], { lines, delayMs }: Moment): Promise<readonly Acknowledged[]> {
  const child = spawn(process.execPath, [worker, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: environment() });
  let [output, complaints] = ['', ''];
  const reached = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.split('\n').length > lines) resolve();
    });
  });
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on('close', (_, signal) => {
      resolve(signal);
    });
  });
  await Promise.race([reached, ended]);
  await wait(delayMs);
  child.kill('SIGKILL');
  expect(await ended, complaints).toBe('SIGKILL');
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Acknowledged);
}

/** All that any process has acknowledged is there, and nothing is half there. */
async function expectWhole(catalog: Catalog, acknowledged: readonly Acknowledged[]): Promise<void> {
  const { sound, findings } = await catalog.check();
  expect(findings.filter(({ severity }) => severity === 'damage')).toEqual([]);
  expect(sound).toBe(true);
  const dataset = catalog.datasets.find('lungs')?.id ?? 0;
  const batches = new Map<string, number>();
  for (const { path: sample } of catalog.samples.listFiles(dataset)) {
    const batch = path.dirname(sample);
    batches.set(batch, (batches.get(batch) ?? 0) + 1);
  }
  expect([...batches.values()].filter((size) => size !== batchSize)).toEqual([]);
  expect(acknowledged.flatMap(({ batch }) => (batch !== undefined && !batches.has(batch) ? [batch] : []))).toEqual([]);
  const setup =
    catalog.models
      .list()
      .flatMap(({ id }) => catalog.setups.list(id))
      .find(({ kind }) => kind === 'attribution')?.id ?? 0;
  const missing = new Set(catalog.attributions.listMissing(setup, { dataset }).map(({ path: sample }) => sample));
  expect(acknowledged.filter(({ attributed }) => attributed !== undefined && missing.has(attributed))).toEqual([]);
  const names = new Set(catalog.datasets.list().map(({ name }) => name));
  expect(acknowledged.filter(({ deleted }) => deleted !== undefined && names.has(deleted))).toEqual([]);
  const done = new Set(catalog.jobs.list('done').map(({ id }) => id));
  expect(acknowledged.filter(({ job }) => job !== undefined && !done.has(job))).toEqual([]);
  expect(catalog.jobs.list('running')).toEqual([]);
}

/** So many deaths take seconds, but on a machine that is busy otherwise. */
const timeout = 300_000;

describe('after a kill -9 at any of sixty-four moments', { timeout }, () => {
  it.concurrent.each([
    { name: 'importing', works: ['import'], kills: 14, seed: 11 },
    { name: 'attributing', works: ['attribute'], kills: 15, seed: 12 },
    {
      name: 'importing, attributing and keeping order at once',
      works: ['import', 'attribute', 'keep'],
      kills: 7,
      seed: 13,
    },
    { name: 'deleting datasets', works: ['delete'], kills: 14, seed: 14 },
  ])('a catalog is whole and keeps what was acknowledged: $name', async ({ works, kills, seed }) => {
    const file = path.join(folder, `${seed}.catalog`);
    const nextMoment = createMoments(seed);
    const acknowledged: Acknowledged[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const deaths = works.map((work) => workAndDie([file, work, `${work}${kill}`], nextMoment()));
      acknowledged.push(...(await Promise.all(deaths)).flat());
      const catalog = openCatalog(file);
      await expectWhole(catalog, acknowledged);
      catalog.close();
    }
    for (const { backup } of acknowledged) if (backup !== undefined) await expectSound(backup);
    const catalog = openCatalog(file);
    catalog.compact({ orphanAgeMs: 0 });
    expect(await catalog.check()).toMatchObject({ sound: true, findings: [] });
    catalog.close();
    expect(readdirSync(folder).filter((name) => name.startsWith(`${seed}.catalog-`))).toEqual([]);
  });
});

async function expectSound(file: string): Promise<void> {
  const backup = openCatalog(file, { readonly: true });
  expect(await backup.check()).toMatchObject({ sound: true });
  backup.close();
}
