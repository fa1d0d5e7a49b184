import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DiskReport } from './disk-worker.ts';

const worker = path.join(import.meta.dirname, 'disk-worker.ts');

/** A small disk that only the process in it sees, and that is gone with it. */
const onSmallDisk = (command: string): string => `mount -t tmpfs -o size=2m tmpfs "$FOLDER" && ${command}`;
const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'], { stdio: 'ignore' }).status === 0;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lightbox-disk-'));
});
afterAll(() => {
  rmdirSync(folder);
});

function workOnSmallDisk(work: string): DiskReport {
  const command = onSmallDisk('exec "$NODE" "$WORKER" "$WORK" "$FOLDER"');
  const env = { ...process.env, NODE: process.execPath, WORKER: worker, WORK: work, FOLDER: folder };
  return JSON.parse(execFileSync('unshare', ['--mount', 'sh', '-c', command], { env, encoding: 'utf8' })) as DiskReport;
}

describe.skipIf(!canMount)('on a small disk (needs the right to mount one)', () => {
  it('that is full, nothing is lost, every step says so in a sentence, and room makes it go on', () => {
    const full = expect.stringMatching(/^catalog\/full: There is no room left on the disk/) as string;
    expect(workOnSmallDisk('full')).toEqual({
      ...{ filling: full, saving: full, making: full, backup: full, compact: full },
      ...{ isComplete: true, soundness: true, left: [] },
      afterwards: { isComplete: true, soundness: true },
    });
  });

  it('that is read-only, a catalog can be read, and refuses to be written in a sentence', () => {
    const notWritable = expect.stringMatching(/^catalog\/not-writable: .*read-only/) as string;
    expect(workOnSmallDisk('readonly')).toEqual({
      ...{ writing: notWritable, making: notWritable, count: 100, soundness: true, shape: [64, 1024], backup: 100 },
      killed: expect.stringMatching(
        /^catalog\/not-writable: .*copy it together with ".*killed\.catalog-wal"/,
      ) as string,
    });
  });
});
