import { isKind, type Network } from '../network/network.ts';
import type { Rule, RuleName } from '../rules/rule.ts';
import { assignRules } from './assign-rules.ts';
import type { Composite } from './composite.ts';

/**
 * What relevance above zero says of the target, where relevance starts from a positive number:
 * `evidence`: it speaks for the target; `evidence-of-logit`: it speaks for the logit's own sign, so against the target where the
 * logit is negative; `gradient`: more at this place raises the logit.
 */
export type SignMeaning = 'evidence' | 'evidence-of-logit' | 'gradient';

/** Rules that share relevance in proportion to the signed output, R_in = c / z * R: a negative z turns the sign of every share. */
const bySignedOutput: readonly RuleName[] = ['Epsilon', 'Gamma', 'Norm'];

/** Decided at the layer relevance starts from; below it activations are not negative, and the rules keep the sign. */
export function signMeaning(network: Pick<Network, 'operations' | 'output'>, composite: Composite): SignMeaning {
  const rules = assignRules(network, composite);
  const ruleOf = (name: string): Rule['rule'] => rules.get(name)?.rule ?? 'Gradient';
  const linear = network.operations.filter(
    (operation) => isKind(operation, 'convolution') || isKind(operation, 'linear'),
  );
  if (linear.every(({ name }) => ruleOf(name) === 'Gradient')) return 'gradient';
  let last = network.operations.find(({ output }) => output === network.output.name);
  while (last?.form.kind === 'reshape') {
    const [input] = last.inputs;
    last = network.operations.find(({ output }) => output === input);
  }
  return last && bySignedOutput.includes(ruleOf(last.name)) ? 'evidence-of-logit' : 'evidence';
}
