import type { Network, Operation } from '../network/network.ts';
import type { Rule } from '../rules/rule.ts';

/** Values that cannot be negative, whatever the picture. */
export function findNonNegative(network: Network): ReadonlySet<string> {
  const found = new Set<string>();
  const passing: readonly Operation['form']['kind'][] = ['maxPool', 'averagePool', 'sum', 'concat', 'reshape', 'pad'];
  for (const { form, inputs, output } of network.operations) {
    const kept = passing.includes(form.kind) && inputs.every((input) => found.has(input));
    if (kept || (form.kind === 'activation' && form.nonNegative)) found.add(output);
  }
  return found;
}

/** How relevance of an operation's input is known from its rule to vanish wherever that input is not positive. */
type Vanishing = 'always' | 'ifInputNonNegative' | 'asOutput' | 'never';

const linearVanishing = (rule: Rule): Vanishing =>
  ['ZBox', 'WSquare', 'Flat', 'Gradient'].includes(rule.rule) ? 'never' : 'ifInputNonNegative';

const normVanishing = (rule: Rule): Vanishing => (rule.rule === 'Norm' ? 'ifInputNonNegative' : 'never');

const reluVanishing = (rule: Rule): Vanishing =>
  rule.rule === 'Pass' || rule.rule === 'DeconvNet' ? 'asOutput' : 'always';

const byKind: Readonly<Record<Operation['form']['kind'], (rule: Rule, operation: Operation) => Vanishing>> = {
  convolution: linearVanishing,
  linear: linearVanishing,
  activation: (rule, { form }) =>
    form.kind === 'activation' && form.operator === 'Relu' ? reluVanishing(rule) : 'never',
  sum: normVanishing,
  averagePool: normVanishing,
  maxPool: () => 'asOutput',
  reshape: () => 'asOutput',
  concat: () => 'asOutput',
  pad: () => 'asOutput',
  batchNorm: () => 'never',
  arithmetic: () => 'never',
  normalizer: () => 'never',
};

/**
 * Values whose relevance is proven to be zero wherever they are not positive. There a denominator needs no test of its sign,
 * and a ReLU may be computed in one step with the layer before it. Values at which relevance `begins`, as an activation with
 * its sign does, are not among them.
 */
export function findVanishing(
  network: Network,
  rules: ReadonlyMap<string, Rule>,
  begins: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const nonNegative = findNonNegative(network);
  const failed = new Set<string>([network.output.name, network.input.name, ...begins]);
  const seen = new Set<string>();
  for (const operation of [...network.operations].reverse()) {
    const rule = rules.get(operation.name) ?? { rule: 'Gradient' };
    const kind = byKind[operation.form.kind](rule, operation);
    for (const input of operation.inputs) {
      seen.add(input);
      const holds =
        kind === 'always' ||
        (kind === 'ifInputNonNegative' && nonNegative.has(input)) ||
        (kind === 'asOutput' && !failed.has(operation.output));
      if (!holds) failed.add(input);
    }
  }
  return new Set([...seen].filter((value) => !failed.has(value)));
}
