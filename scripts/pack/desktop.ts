import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const manifestSchema = z.object({
  ...{ name: z.string(), version: z.string(), description: z.string(), license: z.string() },
});

/** The shell alone: what goes into the application's archive. It has no packages, everything is compiled in. */
export async function stageShell(project: string, parts: string): Promise<void> {
  const folder = path.join(project, 'dist', 'app');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const part of ['main', 'preload', 'renderer'])
    await cp(path.join(parts, part), path.join(folder, 'out', part), { recursive: true });
  const { name, version, description, license } = manifestSchema.parse(
    JSON.parse(await readFile(path.join(project, 'package.json'), 'utf8')),
  );
  const author = { name: 'Relevance Lightbox contributors', email: 'relevance-lightbox@localhost' };
  const manifest = { name, version, description, license, author, type: 'module', main: 'out/main/index.js' };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  // Without a lockfile of its own, electron-builder would look for its packages in the project's.
  const lock = { name, version, lockfileVersion: 3, requires: true, packages: { '': { name, version, license } } };
  await writeFile(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
}

export interface DesktopBuild {
  readonly project: string;
  /** An unpacked Electron. */
  readonly electron: string;
  /** Folder of what is built. */
  readonly output: string;
  /** None for a folder that is ready to run; else the installers of this system, whose tools are fetched. */
  readonly installers: boolean;
}

const systems: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: '--linux',
  win32: '--win',
  darwin: '--mac',
};

export async function buildDesktop({ project, electron, output, installers }: DesktopBuild): Promise<void> {
  const builder = fileURLToPath(import.meta.resolve('electron-builder/cli.js'));
  const system = systems[process.platform] ?? '--linux';
  const args = [builder, system, ...(installers ? [] : ['dir']), '--publish', 'never'];
  const config = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`];
  const child = spawn(process.execPath, [...args, ...config], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`electron-builder ended with ${code}:\n${log}`);
}
