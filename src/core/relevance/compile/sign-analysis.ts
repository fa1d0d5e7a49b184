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

function vanishing(operation: Operation, rule: Rule): Vanishing {
  switch (operation.form.kind) {
    case 'convolution':
    case 'linear':
      return ['ZBox', 'WSquare', 'Flat', 'Gradient'].includes(rule.rule) ? 'never' : 'ifInputNonNegative';
    case 'activation':
      if (operation.form.operator !== 'Relu') return 'never';
      return rule.rule === 'Pass' || rule.rule === 'DeconvNet' ? 'asOutput' : 'always';
    case 'sum':
    case 'averagePool':
      return rule.rule === 'Norm' ? 'ifInputNonNegative' : 'never';
    case 'maxPool':
    case 'reshape':
    case 'concat':
    case 'pad':
      return 'asOutput';
    default:
      return 'never';
  }
}

/**
 * Values whose relevance is proven to be zero wherever they are not positive. There a denominator needs no test of its sign,
 * and a ReLU may be computed in one step with the layer before it.
 */
export function findVanishing(network: Network, rules: ReadonlyMap<string, Rule>): ReadonlySet<string> {
  const nonNegative = findNonNegative(network);
  const failed = new Set<string>([network.output.name, network.input.name]);
  const seen = new Set<string>();
  for (const operation of [...network.operations].reverse()) {
    const rule = rules.get(operation.name) ?? { rule: 'Gradient' };
    const kind = vanishing(operation, rule);
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
