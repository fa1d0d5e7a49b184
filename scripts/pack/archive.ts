import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** GNU tar only: the same files give the same archive. */
const reproducible = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];

/** Packs a folder, under a name, into a .tar.gz by the system's tar. */
export async function archiveFolder(folder: string, file: string, name: string): Promise<void> {
  const args =
    process.platform === 'linux'
      ? ['-c', ...reproducible, `--transform=s,^\\.,${name},`, '-C', folder, '.']
      : ['-c', '-s', `,^\\.,${name},`, '-C', folder, '.'];
  const tar = spawn('tar', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(tar, 'close') as Promise<[number | null]>;
  await pipeline(tar.stdout, createGzip(), createWriteStream(file));
  const [code] = await ended;
  if (code !== 0) throw new Error(`tar ended with ${code}.`);
}

/** Bytes of a folder's files. */
export async function measureFolder(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name }) => (await stat(path.join(parentPath, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

export const showMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
