import type { Network, Operation } from '../network/network.ts';
import type { Rule } from '../rules/rule.ts';

interface Known {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly nonNegative: ReadonlySet<string>;
}

/**
 * Outputs of convolutions that are computed as the sum of what supports them and what opposes them, since AlphaBeta divides by
 * both: one convolution less. Not where both halves, which are kept until relevance comes back, would take more memory than the
 * weights, and not where a max pool comes later: the sum is rounded in another way, and of two values nearly equal the other
 * might win.
 */
export function findHalves(network: Network, { rules, nonNegative }: Known): ReadonlySet<string> {
  const pooled = findPooledLater(network);
  const isWanted = ({ name, form, inputs, output }: Operation): boolean => {
    const rule = rules.get(name);
    if (rule?.rule !== 'AlphaBeta' || rule.beta === 0 || rule.zeroBias || form.kind !== 'convolution') return false;
    const outputs = (network.shapes.get(output) ?? []).slice(1).map(Number);
    return nonNegative.has(inputs[0] ?? '') && !pooled.has(output) && 2 * count(outputs) < count(form.weight.dims);
  };
  return new Set(network.operations.filter(isWanted).map(({ output }) => output));
}

/** Values from which a way leads to a max pool. */
function findPooledLater({ operations }: Network): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { form, inputs, output } of operations.toReversed()) {
    if (form.kind === 'maxPool' || found.has(output)) for (const input of inputs) found.add(input);
  }
  return found;
}

function count(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}
