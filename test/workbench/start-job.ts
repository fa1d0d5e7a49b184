import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('job-child.ts', import.meta.url));

export interface JobProcess {
  readonly child: ChildProcess;
  /** When it has said so many lines: the first when it is about to work, then one for each step. Also when it is gone. */
  readonly said: (lines: number) => Promise<void>;
  /** When it is gone: what it has said. */
  readonly gone: Promise<JobEnd>;
}

export interface JobEnd {
  /** Steps that it said were done. */
  readonly steps: number;
  readonly done: boolean;
  /** `CODE SENTENCE` */
  readonly failure: string | undefined;
  readonly stderr: string;
}

/** Starts `job-child.ts` with its arguments. */
export function startJob(
  ...args: readonly [work: string, catalog: string, folder: string, ...model: string[]]
): JobProcess {
  // Most of a short life goes into compiling.
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(path.dirname(args[2]), 'compiled') };
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, stderr] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const hear = (lines: number): Promise<void> =>
    new Promise((resolve) => {
      child.stdout.on('data', () => {
        if (said.split('\n').length > lines) resolve();
      });
      child.once('close', () => {
        resolve();
      });
    });
  const gone = new Promise<JobEnd>((resolve) => {
    child.once('close', () => {
      // What was cut off in the middle was not said.
      const lines = said.split('\n').slice(0, -1);
      const steps = lines.flatMap((line) => (line.startsWith('step ') ? [Number(line.slice(5))] : []));
      const failure = lines.find((line) => line.startsWith('failed '))?.slice(7);
      resolve({ steps: Math.max(0, ...steps), done: lines.includes('done'), failure, stderr });
    });
  });
  return { child, said: hear, gone };
}
