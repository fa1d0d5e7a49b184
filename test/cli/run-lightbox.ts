import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const entry = fileURLToPath(new URL('../../src/cli/lightbox.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

interface StartOptions {
  /** The Node to run it with; this one when not given. */
  readonly node?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the command as a user would, as a process of its own. */
export function startLightbox(
  args: readonly string[],
  { node = process.execPath, env = {} }: StartOptions = {},
): Running {
  const child = spawn(node, [entry, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  return { child, finished };
}

export function runLightbox(args: readonly string[], options?: StartOptions): Promise<Finished> {
  return startLightbox(args, options).finished;
}
