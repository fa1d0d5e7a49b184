/**
 * `npm run pack`: builds everything that can be built here without a network, tries it, and says what is left.
 * `--installers` lets electron-builder fetch its tools and makes the installers of this system.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { archiveFolder, measureFolder, showMegabytes } from './archive.ts';
import { buildParts } from './build-parts.ts';
import { buildDesktop, stageShell } from './desktop.ts';
import { findElectronFolder, makeStandInFolder, readFuses } from './electron-folder.ts';
import { stageWorkbench } from './stage.ts';
import { findTarget, nameTarget } from './target.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const dist = path.join(project, 'dist');
const at = (...parts: string[]): string => path.join(dist, ...parts);
const say = (text: string): unknown => process.stdout.write(`${text}\n`);

async function step<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  say(title);
  const started = performance.now();
  const result = await work();
  say(`  ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

async function packHeadless(bundled: readonly string[]): Promise<void> {
  const target = findTarget();
  const stage = { project, folder: at('workbench'), target, renderer: at('parts', 'renderer'), bundled };
  const staged = await step('Staging the workbench', () => stageWorkbench(stage));
  const size = await measureFolder(stage.folder);
  say(`  ${staged.files} files of ${staged.packages} packages and the product, ${showMegabytes(size)}`);
  say(`  CUDA add-on: ${staged.hasCuda ? 'taken along' : 'none in addons/cuda'}`);
  const name = `relevance-lightbox-${staged.version}-${nameTarget(target)}`;
  const archive = at(`${name}.tar.gz`);
  await step('Headless archive', async () => {
    await archiveFolder(stage.folder, archive, name);
  });
  say(`  ${archive}: ${showMegabytes((await stat(archive)).size)}`);
  await step('Trying the archive', () => tryArchive(archive));
}

/** Without a network where the system lets a process have none. */
async function tryArchive(archive: string): Promise<void> {
  const script = fileURLToPath(new URL('check-archive.ts', import.meta.url));
  const canBeAlone = process.platform === 'linux' && (await run('unshare', ['--net', 'true'])) === 0;
  say(
    canBeAlone
      ? '  in a network namespace of its own: there is no network'
      : '  there is a network here, and no way to do without',
  );
  const command = [process.execPath, script, archive];
  const code = await (canBeAlone
    ? run('unshare', ['--net', ...command, 'alone'])
    : run(process.execPath, command.slice(1)));
  if (code !== 0) throw new Error('The archive does not do what it should.');
}

async function run(program: string, args: readonly string[]): Promise<number | null> {
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await Promise.race([once(child, 'close'), once(child, 'error')])) as [number | null];
  return typeof code === 'number' ? code : null;
}

async function packDesktop(installers: boolean): Promise<void> {
  await step('Staging the desktop shell', () => stageShell(project, at('parts')));
  const electron = findElectronFolder(project);
  if (electron === undefined) {
    await step('Proving the configuration on a stand-in for Electron (no program to run comes of it)', proveDesktop);
    say(
      'Left: the desktop application needs Electron 45.4.1, unpacked, in ELECTRON_OVERRIDE_DIST_PATH or node_modules/electron/dist.',
    );
    return;
  }
  const build = { project, electron, output: at('desktop'), installers };
  await step(installers ? 'Installers (a network is needed)' : 'Desktop application', () => buildDesktop(build));
  if (!installers) say('Left: installers need a network once for their tools; run "npm run pack -- --installers".');
}

async function proveDesktop(): Promise<void> {
  const output = at('stand-in');
  await makeStandInFolder(at('stand-in-electron'));
  await buildDesktop({ project, electron: at('stand-in-electron'), output, installers: false });
  const [made = ''] = (await readdir(output)).filter((name) => name.endsWith('-unpacked'));
  const folder = path.join(output, made);
  const fuses = readFuses(await readFile(path.join(folder, 'relevance-lightbox')));
  const shell = (await stat(path.join(folder, 'resources', 'app.asar'))).size;
  const workbench = await measureFolder(path.join(folder, 'resources', 'workbench'));
  if (workbench !== (await measureFolder(at('workbench')))) throw new Error('The workbench was not taken along whole.');
  say(`  ${made}: shell ${showMegabytes(shell)}, workbench ${showMegabytes(workbench)}, fuses ${fuses}`);
  await rm(output, { recursive: true });
  await rm(at('stand-in-electron'), { recursive: true });
}

await mkdir(dist, { recursive: true });
const bundled = await step('Building the window and the shell', () => buildParts(project, at('parts')));
await packHeadless(bundled);
await packDesktop(process.argv.includes('--installers'));
