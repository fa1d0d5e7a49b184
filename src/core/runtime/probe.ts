import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Provider } from '#shared/providers.ts';
import { findAdapter, type Adapter } from './adapter.ts';
import { findMissingLibrary } from './cuda-library.ts';

/** What a trial process answers: how far its provider was from the right result, or why it gave none. */
export type ProbeAnswer = { readonly difference: number } | { readonly failure: string };

export interface ProviderProbe {
  readonly provider: Provider;
  /** Why it cannot be used; undefined when a network of one convolution ran on it. */
  readonly refusal: string | undefined;
  /** undefined on the CPU, and where the system does not say (Windows, macOS). */
  readonly adapter: Adapter | undefined;
}

/** What a trial does: run one convolution, or compare a small attribution with the CPU's. */
export type Trial = 'open' | 'check';

/** A graphics driver compiles its shaders on first use; a software adapter takes seconds for it. */
const longestTrialMs = 120_000;

const longestReport = 200_000;

const trialModule = fileURLToPath(new URL('./probe-process.ts', import.meta.url));

/** Tries a provider in a process of its own; never throws. */
export async function probeProvider(provider: Provider): Promise<ProviderProbe> {
  if (provider === 'cpu') return { provider, refusal: undefined, adapter: undefined };
  const missing = provider === 'cuda' ? findMissingLibrary() : undefined;
  if (missing !== undefined) return { provider, refusal: missing, adapter: undefined };
  const { answer, report } = await runTrial(provider, 'open');
  const refusal = 'failure' in answer ? answer.failure : undefined;
  return { provider, refusal, adapter: provider === 'webgpu' ? findAdapter(report) : undefined };
}

/** The relative L2 difference of the known case from the CPU's answer, or why there is none. Never throws. */
export async function checkProvider(provider: Provider): Promise<ProbeAnswer> {
  return (await runTrial(provider, 'check')).answer;
}

function runTrial(
  provider: Provider,
  trial: Trial,
): Promise<{ readonly answer: ProbeAnswer; readonly report: string }> {
  const child = fork(trialModule, [provider, trial], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, VK_LOADER_DEBUG: 'driver' },
    timeout: longestTrialMs,
    killSignal: 'SIGKILL',
  });
  return followTrial(child);
}

async function followTrial(child: ChildProcess): Promise<{ readonly answer: ProbeAnswer; readonly report: string }> {
  let report = '';
  let answer: ProbeAnswer | undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    report = (report + text).slice(-longestReport);
  });
  child.on('message', (message) => {
    answer = message as ProbeAnswer;
  });
  const ending = await new Promise<string>((resolve) => {
    child.once('error', (error) => {
      resolve(`it could not be tried: ${error.message}`);
    });
    child.once('close', (code, signal) => {
      resolve(`its libraries ended the process that tried it (${signal ?? `exit code ${code}`})`);
    });
  });
  return { answer: answer ?? { failure: ending }, report };
}
