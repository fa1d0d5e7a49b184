import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Connection from 'better-sqlite3';
import { createRouterClient } from '@orpc/server';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createWorkbench, type Workbench } from '#core/workbench/index.ts';
import type { contract } from '#shared/contract/contract.ts';
import { createRandomWords } from '#shared/random-words.ts';
import { createModelStudy, type DatasetRequest, type ModelStudy } from './model-study.ts';

let study: ModelStudy;
let request: DatasetRequest;
const count = 24;
beforeEach(async () => {
  study = await createModelStudy();
  const files = Array.from({ length: count }, (_, at) => [`${at % 2 ? 'nodule' : 'normal'}/${at}.png`, at] as const);
  request = await study.importFolders('lungs', Object.fromEntries(files));
});
afterEach(async () => {
  vi.useRealTimers();
  await study.remove();
});

const client = ({ viewer }: Workbench): ContractRouterClient<typeof contract> => createRouterClient(viewer.router);

/** Hashes of all heatmaps there are, by the samples' paths. */
const maps = (): readonly string[] =>
  study.attributions('lungs').flatMap((found) => found.map(({ arraySha256 }) => arraySha256));

/** The processes this one has started to compute with. */
function findEngines(): readonly number[] {
  const tasks = `/proc/${process.pid}/task`;
  const children = readdirSync(tasks).flatMap((task) => readFileSync(`${tasks}/${task}/children`, 'utf8').trim().split(' ')); // prettier-ignore
  return children.map(Number).filter((pid) => pid > 0 && readCommand(pid).includes('engine-process'));
}

const readCommand = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};

const isLinux = process.platform === 'linux';

describe.skipIf(!isLinux)('the engine killed at random while it explains (needs Linux)', () => {
  it('costs a sentence each time and nothing that was reported done; the rest is computed as if nothing had been', async () => {
    await study.workbench.attributeDataset({ ...request, composite: 'EpsilonPlusFlat' });
    const calm = maps();
    const word = createRandomWords('engine kills');
    const job = { ...request, composite: 'EpsilonPlus' };
    let [kills, done] = [0, 0];
    for (let tries = 0; tries < 12; tries++) {
      const fatal = 1 + (word() % 4);
      let steps = 0;
      const onProgress = (): void => {
        if (++steps === fatal) for (const pid of findEngines()) process.kill(pid, 'SIGKILL');
      };
      const ended = await study.workbench.attributeDataset(job, { onProgress }).catch((cause: unknown) => cause);
      if (ended instanceof Error) {
        kills++;
        expect(ended).toMatchObject({ code: 'engine/died', message: expect.stringContaining('Try again') as string });
      }
      const found = maps().length - calm.length;
      expect(found).toBeGreaterThanOrEqual(done);
      done = found;
      if (done === count) break;
    }
    expect(kills).toBeGreaterThan(2);
    await study.workbench.attributeDataset(job);
    const harried = maps().filter((map) => !calm.includes(map));
    expect(new Set(maps()).size).toBe(2 * count);
    expect(harried).toHaveLength(count);
    expect(await study.workbench.checkCatalog()).toMatchObject({ sound: true });
  });
});

describe('a catalog that another program keeps locked', () => {
  it('can be looked at; a mark is refused in a sentence and taken afterwards; cases opened meanwhile are in the log', async () => {
    const { marks, samples } = client(study.workbench);
    const other = new Connection(study.catalog);
    other.exec('BEGIN IMMEDIATE');
    const mark = { sample: 1, kind: 'hair', author: 'A', note: '' };
    const shape = { form: 'rectangle', left: 1, top: 1, width: 2, height: 2 } as const;
    await expect(marks.insert({ ...mark, shape })).rejects.toMatchObject({
      data: { code: 'catalog/busy', message: expect.stringMatching(/being written by another program/) as string },
    });
    expect((await samples.view({ id: 1 })).id).toBe(1);
    expect((await study.workbench.viewer.data('picture/2'))?.type).toBe('image/png');
    expect((await samples.view({ id: 2 })).id).toBe(2);
    other.exec('ROLLBACK');
    other.close();
    await marks.insert({ ...mark, shape });
    await study.workbench.close();
    const seen = study.look((catalog) => catalog.log.list().filter(({ action }) => action === 'case/opened'));
    expect(seen.map(({ subject }) => subject)).toEqual(
      [1, 2].map((id) => ({ contentSha256: study.look((catalog) => catalog.samples.get(id).contentSha256) })),
    );
    expect(study.look((catalog) => catalog.log.verify())).toMatchObject({ isWhole: true });
  });
});

describe('a clock that jumps in the middle of a job', () => {
  const hour = 3_600_000;
  it.each([
    ['forwards by a day', [24 * hour]],
    ['back by a day', [-24 * hour]],
    ['forwards and back by a year', [365 * 24 * hour, -2 * 365 * 24 * hour]],
  ])('%s: the job goes on to its end, also when the catalog is opened again', async (_, jumps) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const left = [...jumps];
    const onProgress = ({ done }: { done: number }): void => {
      const jump = done > 1 ? left.shift() : undefined;
      if (jump === undefined) return;
      vi.setSystemTime(Date.now() + jump);
      // Opening looks for jobs whose process is gone.
      openCatalog(study.catalog).close();
    };
    const job = { ...request, composite: 'EpsilonPlus' };
    const [report] = await study.workbench.attributeDataset(job, { onProgress });
    expect([left, report?.computed]).toEqual([[], count]);
    expect(study.look((catalog) => catalog.jobs.list()[0])).toMatchObject({ state: 'done', done: count });
    expect(study.look((catalog) => catalog.log.verify())).toMatchObject({ isWhole: true });
  });
});

describe('files that are damaged while the workbench runs', () => {
  it('small pictures: they are thrown away and made again, and nothing else is missed', async () => {
    const { viewer } = study.workbench;
    const hash = study.samples('lungs')[0]?.contentSha256 ?? '';
    expect((await viewer.data(`thumbnail/${hash}`))?.type).toBe('image/jpeg');
    await study.workbench.close();
    writeFileSync(`${study.catalog}.thumbnails`, 'no database any more');
    const { samples } = client(study.workbench);
    expect(await viewer.data(`thumbnail/${hash}`)).toBeUndefined();
    expect((await samples.view({ id: 1 })).id).toBe(1);
    expect((await viewer.data('picture/1'))?.type).toBe('image/png');
    await study.write('lungs', { 'normal/0.png': 777 });
    await study.import('lungs');
    const changed = study.samples('lungs').find(({ path: file }) => file === 'normal/0.png')?.contentSha256 ?? '';
    expect((await viewer.data(`thumbnail/${changed}`))?.type).toBe('image/jpeg');
  });

  it('a heatmap: it says so, the others are shown, the check names it, and computing it again mends it', async () => {
    await study.workbench.attributeDataset({ ...request, composite: 'EpsilonPlus' });
    const [first = '', second = ''] = maps();
    const place = path.join(`${study.catalog}.arrays`, first.slice(0, 2), `${first.slice(2)}.zst`);
    const sound = readFileSync(place);
    for (const bytes of [
      sound.subarray(0, 40),
      Buffer.alloc(0),
      Buffer.from(sound).fill(7, 30, 60),
      Buffer.from('x'),
    ]) {
      writeFileSync(place, bytes);
      const { viewer } = study.workbench;
      await expect(viewer.data(`array/${first}`)).rejects.toMatchObject({ code: 'catalog/damaged' });
      expect((await viewer.data(`array/${second}`))?.type).toBe('application/octet-stream');
      const { sound: isSound, findings } = await study.workbench.checkCatalog();
      expect([isSound, findings.length]).toEqual([false, 1]);
    }
    await study.workbench.close();
    const catalog = openCatalog(study.catalog);
    for (const { id } of catalog.models.list()) catalog.models.delete(id);
    catalog.close();
    const again = createWorkbench({ catalog: study.catalog, threads: 1 });
    await again.attributeDataset({ ...request, composite: 'EpsilonPlus' });
    expect((await again.viewer.data(`array/${first}`))?.type).toBe('application/octet-stream');
    expect(await again.checkCatalog()).toMatchObject({ sound: true });
    await again.close();
  });
});
