/**
 * A process that tries a provider: `probe-process.ts <provider> <open|check>`. Asking for a provider whose libraries are
 * missing throws, and a broken driver may abort the process, so it is never tried where something could be lost.
 * It answers with one message, a ProbeAnswer.
 */
import { providers, type Provider } from '#shared/providers.ts';
import { describeNativeError } from './native-error.ts';
import type { ProbeAnswer } from './probe.ts';
import { compareWithCpu } from './self-check.ts';
import { runTinyNetwork } from './tiny-network.ts';

const trials: Readonly<Record<string, (provider: Provider) => Promise<number>>> = {
  open: runTinyNetwork,
  check: compareWithCpu,
};

async function answer(): Promise<ProbeAnswer> {
  const provider = providers.find((name) => name === process.argv[2]);
  const trial = trials[process.argv[3] ?? ''];
  if (!provider || !trial) return { failure: `${process.argv.slice(2).join(' ')} is no trial` };
  try {
    return { difference: await trial(provider) };
  } catch (error) {
    return { failure: describeNativeError(error instanceof Error ? (error.cause ?? error) : error) };
  }
}

process.on('disconnect', () => {
  process.exit();
});
const given = await answer();
process.send?.(given, () => {
  process.exit();
});
