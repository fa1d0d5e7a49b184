import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalog } from '#core/catalog/index.ts';
import { createWorkbench, PauseSwitch, type ProgressStep } from '#core/workbench/index.ts';
import { createStudy, drawNoise, listSamples, type Study } from './small-study.ts';
import { startJob } from './start-job.ts';

let study: Study;
beforeEach(async () => {
  study = await createStudy();
});
afterEach(() => study.remove());

const many = async (count: number): Promise<Readonly<Record<string, Uint8Array>>> => {
  const drawn = await Promise.all(Array.from({ length: count }, (_, at) => drawNoise(at)));
  return Object.fromEntries(drawn.map((bytes, at) => [`${at % 2 ? 'nodule' : 'normal'}/${at}.png`, bytes]));
};

/** Removes something when the first pictures are in the catalog and the last are far from being read. */
function onceBegun(place: string): (step: ProgressStep) => void {
  return ({ done }) => {
    if (done > 0) rmSync(place, { recursive: true, force: true });
  };
}

describe('an import goes on', () => {
  it('when pictures vanish under it, and says which', async () => {
    const files = await many(400);
    await study.write('lungs', files);
    const last = 'normal/398.png';
    const report = await study.workbench.importDataset(
      { folder: study.at('lungs') },
      { onProgress: onceBegun(study.at('lungs', last)) },
    );
    expect(report.samples.added).toBe(400);
    expect(report.unreadable).toEqual([
      { path: last, reason: '398.png is gone; look where it went and import the folder again.' },
    ]);
    expect(await study.import('lungs')).toMatchObject({
      samples: { added: 0, unchanged: 399, removed: 1 },
      unreadable: [],
    });
  });

  it('when a whole folder vanishes under it', async () => {
    await study.write('lungs', await many(300));
    const onProgress = onceBegun(study.at('lungs'));
    const report = await study.workbench.importDataset({ folder: study.at('lungs') }, { onProgress });
    expect(report.samples.added).toBe(300);
    expect(report.unreadable.length).toBeGreaterThan(100);
    // The first sixteen were in the catalog by then.
    expect(report.unreadable.length).toBeLessThanOrEqual(284);
    expect((await study.workbench.checkCatalog()).findings).toEqual([]);
  });

  it('past a picture whose header claims 30000 x 30000 pixels', async () => {
    await study.write('lungs', {
      'nodule/a.png': 1,
      'nodule/bomb.png': claimSize(await drawNoise(2), 30_000),
      'normal/c.png': 3,
    });
    const report = await study.import('lungs');
    expect(report.unreadable.map(({ path: name }) => name)).toEqual(['nodule/bomb.png']);
    expect(report.samples.added).toBe(3);
  });
});

/** A PNG that says of itself that it is so large (PNG, 11.2.1: IHDR holds width and height, then a checksum). */
function claimSize(png: Buffer, extent: number): Buffer {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(extent, 16);
  bytes.writeUInt32BE(extent, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

describe('folders and names', () => {
  const long = (count: number): string =>
    Array.from({ length: count }, (_, at) => `${'long-folder-name'.repeat(3)}-${at}`).join('/');

  it.each([
    ['spaces and parentheses', 'Lung films (2) [x]/some class (1)', 'a picture (3).png'],
    ['quotes and signs', `it's "quoted" & $HOME; #1 %20/100% c`, `--o'k?*.png`],
    ['other scripts', 'Lungenröntgen 肺/Ääkköset', 'снимок 😀.png'],
    ['decomposed letters', 'Ro\u0308ntgen/kla\u0308sse', 'a\u0308.png'],
    ['paths of over 300 characters', `deep/${long(6)}`, `${'n'.repeat(200)}.png`],
  ])('with %s are imported, found again and shown', async (_, folder, name) => {
    const [dataset = ''] = folder.split('/');
    const inside = folder.slice(dataset.length + 1);
    await study.write(dataset, { [`${inside}/${name}`]: 1, 'other class/b.png': 2 });
    const report = await study.import(dataset, { layout: 'folders' });
    expect(report).toMatchObject({ dataset: { name: dataset }, samples: { added: 2 }, unreadable: [] });
    expect(study.samples(dataset).map(({ path: file }) => file)).toContain(`${inside}/${name}`);
    expect(await study.import(dataset, { layout: 'folders' })).toMatchObject({
      samples: { unchanged: 2, added: 0, removed: 0 },
    });
    const sheet = await study.workbench.saveDatasetSheet({ dataset, outputFile: study.at('sheet.svg') });
    expect(sheet.classes.reduce((sum, { shown }) => sum + shown, 0)).toBe(2);
  });

  it('links that lead round in a circle are not followed, links to pictures are', async () => {
    await study.write('lungs', { 'nodule/a.png': 1, 'normal/b.png': 2 });
    await study.write('elsewhere', { 'c.png': 3 });
    await symlink(study.at('lungs'), study.at('lungs/normal/again'));
    await symlink('itself.png', study.at('lungs/normal/itself.png'));
    await symlink('nowhere.png', study.at('lungs/normal/dangling.png'));
    await symlink(study.at('elsewhere/c.png'), study.at('lungs/nodule/c.png'));
    const report = await study.import('lungs');
    expect(study.samples('lungs').map(({ path: file }) => file)).toEqual([
      'nodule/a.png',
      'nodule/c.png',
      'normal/b.png',
    ]);
    expect(report.unreadable).toEqual([]);
    expect([...report.summary.sentences, ...report.summary.warnings].join('\n')).toContain('link');
  });
});

describe('two processes at once', () => {
  it('importing the same folder: each gets it or is told that it is busy, and all of it is there', async () => {
    await study.write('lungs', await many(300));
    const ends = await Promise.all(
      Array.from({ length: 3 }, () => startJob('import', study.catalog, study.at('lungs')).gone),
    );
    expect(ends.filter(({ done }) => done).length).toBeGreaterThan(0);
    for (const { done, failure, stderr } of ends) {
      expect(stderr).toBe('');
      if (!done)
        expect(failure).toMatch(
          /^catalog\/busy The dataset "lungs" is being imported already; wait for it, or cancel job \d+\.$/,
        );
    }
    expect(study.samples('lungs')).toHaveLength(300);
    expect((await study.workbench.checkCatalog()).findings).toEqual([]);
  });

  it('a second import is refused while one runs, and the first can be cancelled from outside', async () => {
    await study.write('lungs', await many(300));
    const other = createWorkbench({ catalog: study.catalog });
    const refused: unknown[] = [];
    const pause = new PauseSwitch();
    const interfere = async (): Promise<void> => {
      await other.importDataset({ folder: study.at('lungs') }).catch((cause: unknown) => refused.push(cause));
      const running = (await other.listCatalog()).jobs.find(({ state }) => state === 'running');
      await other.cancelJob(running?.id ?? 0);
      pause.resume();
    };
    let interference: Promise<void> | undefined;
    const onProgress = (): void => {
      if (interference === undefined) pause.pause();
      interference ??= interfere();
    };
    const first = study.workbench.importDataset({ folder: study.at('lungs') }, { onProgress, pause });
    await expect(first).rejects.toMatchObject({ code: 'job/cancelled' });
    await interference;
    expect(refused).toMatchObject([{ code: 'catalog/busy' }]);
    await other.close();
    const { samples } = await study.import('lungs');
    expect(samples.added + samples.unchanged).toBe(300);
  });

  it('after one has died, the next does not wait for it', async () => {
    await study.write('lungs', await many(300));
    const { child, said, gone } = startJob('import', study.catalog, study.at('lungs'));
    await said(2);
    child.kill('SIGKILL');
    await gone;
    // The catalog of this process was open all the while.
    const { samples } = await study.import('lungs');
    expect(samples.added + samples.unchanged).toBe(300);
  });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryToMount();

function tryToMount(): boolean {
  const probe = path.join(tmpdir(), `lightbox-mount-${process.pid}`);
  try {
    execFileSync('mkdir', [probe]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe]);
    return true;
  } catch {
    return false;
  } finally {
    execFileSync('rm', ['-rf', probe]);
  }
}

describe.skipIf(!canMount)('a full disk (needs root and tmpfs)', () => {
  it('ends the import with one sentence, and leaves a catalog that opens and goes on', async () => {
    await study.write('lungs', await many(900));
    const disk = await mkdtemp(path.join(tmpdir(), 'lightbox-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=700k', 'tmpfs', disk]);
    try {
      const catalog = path.join(disk, 'study.lightbox');
      const end = await startJob('import', catalog, study.at('lungs')).gone;
      expect(end.stderr).toBe('');
      expect(end.failure).toMatch(/^catalog\/full [^\n]+\.$/);
      const left = openCatalog(catalog, { readonly: true });
      expect((await left.check()).sound).toBe(true);
      expect(listSamples(left, 'lungs').length).toBeGreaterThanOrEqual(end.steps);
      left.close();
      execFileSync('mount', ['-o', 'remount,size=64m', disk]);
      expect(await startJob('import', catalog, study.at('lungs')).gone).toMatchObject({ done: true });
      const whole = openCatalog(catalog, { readonly: true });
      expect(listSamples(whole, 'lungs')).toHaveLength(900);
      whole.close();
    } finally {
      execFileSync('umount', [disk]);
      await rm(disk, { recursive: true });
    }
  });
});

it('a catalog beside the pictures is no picture', async () => {
  await study.write('lungs', { 'nodule/a.png': 1, 'normal/b.png': 2 });
  await mkdir(study.at('lungs', 'catalog'));
  const workbench = createWorkbench({ catalog: study.at('lungs/catalog/own.lightbox') });
  for (const added of [2, 0])
    expect(await workbench.importDataset({ folder: study.at('lungs') })).toMatchObject({
      samples: { added },
      unreadable: [],
    });
  await workbench.close();
  expect(existsSync(study.at('lungs/catalog/own.lightbox'))).toBe(true);
  expect((await readFile(study.at('lungs/catalog/own.lightbox'))).length).toBeGreaterThan(0);
});
