/** Tries a headless archive as a stranger would: `check-archive.ts ARCHIVE`, unpacked into a folder with spaces, without PATH and HOME. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fetchFirstThumbnails } from './fetch-thumbnails.ts';
import { measureFolder, showMegabytes } from './archive.ts';

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Neither a way to other programs nor a home. */
const nothing = { PATH: '', HOME: '' };

async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = nothing): Promise<Finished> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** How the command is started: by its launcher, which Windows cannot start without a shell. */
interface Launch {
  readonly program: string;
  readonly before: readonly string[];
}

function findLaunch(place: string): Launch {
  if (process.platform !== 'win32') return { program: path.join(place, 'lightbox'), before: [] };
  return { program: path.join(place, 'bin', 'node.exe'), before: [path.join(place, 'src', 'cli', 'lightbox.js')] };
}

/** Runs the workbench's command; what it prints must be what it should. */
async function expectRun({ program, before }: Launch, args: readonly string[], expected: RegExp): Promise<string> {
  const started = performance.now();
  const { code, stdout, stderr } = await run(program, [...before, ...args]);
  if (code !== 0 || !expected.test(stdout))
    throw new Error(`lightbox ${args.join(' ')} gave ${code}: ${stdout}${stderr}`);
  say(`lightbox ${args[0]}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return stdout;
}

async function openHost({ program, before }: Launch, catalog: string): Promise<void> {
  const started = performance.now();
  const args = [...before, 'open', '--json', '--no-browser', '--catalog', catalog];
  const host = spawn(program, args, { env: nothing, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(host, 'close');
  try {
    const [line] = (await once(host.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(line.toString()) as { readonly url: string };
    const thumbnails = await fetchFirstThumbnails(url);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`lightbox open: page, its script and ${thumbnails} thumbnails after ${seconds} s`);
  } finally {
    host.kill('SIGTERM');
    await ended;
  }
}

const say = (text: string): unknown => process.stdout.write(`  ${text}\n`);

async function checkArchive(archive: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lightbox-pack-'));
  try {
    const place = path.join(folder, 'a place with spaces');
    await mkdir(place);
    const unpacked = await run('tar', ['-xzf', archive, '-C', place], process.env);
    if (unpacked.code !== 0) throw new Error(unpacked.stderr);
    const [name = ''] = await readdir(place);
    say(`unpacked: ${showMegabytes(await measureFolder(path.join(place, name)))}`);
    const launch = findLaunch(path.join(place, name));
    const catalog = path.join(folder, 'my catalog.lightbox');
    await expectRun(launch, ['--version'], /^\d+\.\d+\.\d+/);
    await expectRun(launch, ['--help'], /lightbox explain/);
    await expectRun(launch, ['demo', '--catalog', catalog], /demo-chest/);
    await openHost(launch, catalog);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** In a namespace without a network even loopback has to be put up; anywhere else it is. */
if (process.argv[3] === 'alone') await run('ip', ['link', 'set', 'lo', 'up'], process.env);
await checkArchive(path.resolve(process.argv[2] ?? ''));
