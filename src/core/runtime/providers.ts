import { LightboxError } from '#shared/errors.ts';
import type { Provider, ProviderChoice } from '#shared/providers.ts';
import type { ProbeAnswer, ProviderProbe } from './probe.ts';

export interface ChosenProvider {
  readonly provider: Provider;
  /** The graphics adapter's name, where the system tells. */
  readonly adapter: string | undefined;
  /** Why a better provider was passed over, for people. */
  readonly notes: readonly string[];
}

/** How providers are tried; in the product, probe.ts with answers remembered. */
export interface ProviderTrials {
  probe(provider: Provider): Promise<ProviderProbe>;
  check(provider: Provider): Promise<ProbeAnswer>;
}

/** A provider farther from the CPU's answer than this (relative L2, on the known case) is not used. */
const largestDifference = 1e-3;

/** `auto` tries these in turn and ends at the CPU: the exact one before the fastest (docs/decisions/0002-providers.md). */
const preferred: readonly Provider[] = ['webgpu', 'cuda'];

/**
 * Settles what a choice means on this machine. An explicit choice that cannot be had throws `provider/unavailable`, or
 * `provider/disagrees` when its arithmetic is off; `auto` passes such a provider over and says so.
 */
export async function chooseProvider(choice: ProviderChoice, trials: ProviderTrials): Promise<ChosenProvider> {
  if (choice === 'auto') return chooseBest(trials);
  const probe = await trials.probe(choice);
  if (probe.refusal !== undefined) throw unavailable(probe);
  if (choice !== 'cpu') await requireAgreement(probe, trials);
  return { provider: choice, adapter: probe.adapter?.name, notes: [] };
}

async function chooseBest(trials: ProviderTrials): Promise<ChosenProvider> {
  const notes: string[] = [];
  for (const provider of preferred) {
    const probe = await trials.probe(provider);
    if (probe.refusal !== undefined) continue;
    const objection = findObjection(probe) ?? (await findDisagreement(probe, trials))?.message;
    if (objection === undefined) return { provider, adapter: probe.adapter?.name, notes };
    notes.push(objection);
  }
  return { provider: 'cpu', adapter: undefined, notes };
}

/** Why `auto` leaves a working provider alone (docs/decisions/0002-providers.md). */
function findObjection({ provider, adapter }: ProviderProbe): string | undefined {
  if (provider !== 'webgpu' || process.platform === 'darwin') return undefined;
  if (!adapter) return 'WebGPU answers, but not with which adapter, so the CPU is used; --provider webgpu takes it.';
  if (!adapter.software) return undefined;
  return `WebGPU has only a software adapter here (${adapter.name}), so the CPU is used.`;
}

async function requireAgreement(probe: ProviderProbe, trials: ProviderTrials): Promise<void> {
  const disagreement = await findDisagreement(probe, trials);
  if (disagreement) throw disagreement;
}

async function findDisagreement(
  { provider, adapter }: ProviderProbe,
  trials: ProviderTrials,
): Promise<LightboxError | undefined> {
  const place = adapter ? `${provider} (${adapter.name})` : provider;
  const answer = await trials.check(provider);
  if ('failure' in answer) {
    return new LightboxError(
      'provider/unavailable',
      `The provider ${place} failed on a small known case: ${answer.failure}. Use --provider cpu.`,
    );
  }
  // Written so that a difference that is not a number is refused too.
  if (answer.difference <= largestDifference) return undefined;
  return new LightboxError(
    'provider/disagrees',
    `The provider ${place} gives another relevance than the CPU on a small known case (relative difference ` +
      `${answer.difference.toExponential(1)}), so it is not used. Update its driver, or use --provider cpu.`,
  );
}

const advice: Readonly<Record<Provider, string>> = {
  cuda: 'Use --provider webgpu or cpu.',
  webgpu: 'It needs a graphics adapter with a Vulkan driver (libvulkan.so.1) on Linux; use --provider cpu.',
  cpu: '',
};

function unavailable({ provider, refusal }: ProviderProbe): LightboxError {
  return new LightboxError(
    'provider/unavailable',
    `The provider ${provider} cannot be used on this machine: ${refusal ?? ''}. ${advice[provider]}`,
  );
}

/** Each provider is tried once; asking again gives the first answer. */
export function rememberTrials(trials: ProviderTrials): ProviderTrials {
  return { probe: once((provider) => trials.probe(provider)), check: once((provider) => trials.check(provider)) };
}

function once<Answer>(ask: (provider: Provider) => Promise<Answer>): (provider: Provider) => Promise<Answer> {
  const answers = new Map<Provider, Promise<Answer>>();
  return (provider) => {
    const answer = answers.get(provider) ?? ask(provider);
    answers.set(provider, answer);
    return answer;
  };
}
