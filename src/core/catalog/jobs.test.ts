import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import Connection from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalog, type Catalog } from './catalog.ts';
import { createCatalogFolder, type CatalogFolder } from './small-catalog.ts';

let folder: CatalogFolder;
let catalog: Catalog;
beforeEach(() => {
  folder = createCatalogFolder();
  catalog = openCatalog(folder.file);
});
afterEach(() => {
  catalog.close();
  folder.remove();
});

const insert = (): number => catalog.jobs.insert({ kind: 'import', settings: { dataset: 1 }, total: 10 }).id;

/** Lets another process have worked on a job. */
function pretendOwner(id: number, owner: { pid: number; host?: string; silentMs?: number }): void {
  const other = new Connection(folder.file);
  const { pid, host = hostname(), silentMs = 0 } = owner;
  other
    .prepare('UPDATE jobs SET owner_pid = ?, owner_host = ?, heartbeat_ms = ? WHERE id = ?')
    .run(pid, host, Math.round(Date.now() - silentMs), id);
  other.close();
}

/** The id of a process that has ended. */
const endedPid = (): number => spawnSync(process.execPath, ['--version']).pid;

describe('jobs', () => {
  it('run from queued to done', () => {
    const id = insert();
    expect(catalog.jobs.get(id)).toMatchObject({ kind: 'import', settings: { dataset: 1 }, state: 'queued', done: 0 });
    expect(catalog.jobs.start(id)).toMatchObject({ state: 'running', owner: { pid: process.pid } });
    catalog.jobs.update(id, 4);
    expect(catalog.jobs.get(id)).toMatchObject({ done: 4, endedMs: undefined });
    catalog.jobs.finish(id);
    expect(catalog.jobs.get(id)).toMatchObject({ state: 'done', done: 10, error: undefined });
    expect(catalog.jobs.list('done')).toEqual(catalog.jobs.list());
    expect(catalog.jobs.list('failed')).toEqual([]);
  });

  it('that failed say why', () => {
    const id = insert();
    catalog.jobs.start(id);
    catalog.jobs.fail(id, { code: 'engine/died', message: 'It died.' });
    expect(catalog.jobs.get(id)).toMatchObject({
      state: 'failed',
      error: { code: 'engine/died', message: 'It died.' },
    });
  });

  it('hear with their next step that they were cancelled', () => {
    const id = insert();
    catalog.jobs.start(id);
    catalog.jobs.cancel(id);
    for (const use of [
      () => {
        catalog.jobs.update(id, 1);
      },
      () => {
        catalog.jobs.finish(id);
      },
    ])
      expect(use).toThrow(expect.objectContaining({ code: 'job/cancelled' }));
    expect(catalog.jobs.get(id).state).toBe('cancelled');
  });

  it('are started once, and are not forgotten while they run', () => {
    const id = insert();
    catalog.jobs.start(id);
    expect(() => catalog.jobs.start(id)).toThrow('is running and cannot be started');
    expect(catalog.jobs.delete(id)).toBe(false);
    catalog.jobs.finish(id);
    expect(() => catalog.jobs.start(id)).toThrow('is done');
    expect(catalog.jobs.delete(id)).toBe(true);
    expect(() => catalog.jobs.get(id)).toThrow('There is no job');
  });

  it.each([
    ['whose process has ended', true, () => ({ pid: endedPid() })],
    [
      'whose process says nothing for long, as when its id was given to another',
      true,
      () => ({ pid: 1, silentMs: 61_000 }),
    ],
    [
      'that an earlier process of the same id had',
      true,
      () => ({ pid: process.pid, silentMs: process.uptime() * 1000 + 500 }),
    ],
    ['whose process works', false, () => ({ pid: process.ppid })],
    [
      'of another machine or container that said something just now',
      false,
      () => ({ pid: endedPid(), host: 'elsewhere' }),
    ],
    ['of another machine or container that fell silent', true, () => ({ pid: 1, host: 'elsewhere', silentMs: 61_000 })],
  ])('%s: broken off %s', (_, isAbandoned, owner) => {
    const id = insert();
    catalog.jobs.start(id);
    pretendOwner(id, owner());
    const reading = openCatalog(folder.file, { readonly: true });
    expect(reading.jobs.listAbandoned().map((job) => job.id)).toEqual(isAbandoned ? [id] : []);
    expect(reading.jobs.get(id).state).toBe('running');
    reading.close();
    const writing = openCatalog(folder.file);
    expect(writing.jobs.get(id).state).toBe(isAbandoned ? 'interrupted' : 'running');
    writing.close();
  });

  it('that were broken off can be started again', () => {
    const id = insert();
    catalog.jobs.start(id);
    catalog.jobs.update(id, 3);
    pretendOwner(id, { pid: endedPid() });
    expect(catalog.jobs.interruptAbandoned()).toMatchObject([{ id, state: 'interrupted', done: 3 }]);
    expect(catalog.jobs.interruptAbandoned()).toEqual([]);
    expect(catalog.jobs.start(id)).toMatchObject({
      state: 'running',
      done: 0,
      owner: { pid: process.pid },
      endedMs: undefined,
    });
  });
});
