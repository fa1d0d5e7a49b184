import type { WeightForm } from '../compile/filters.ts';
import type { Tensor } from '../compile/tensor.ts';
import type { Contribution } from './contribution.ts';
import type { LinearStep } from './linear-step.ts';
import type { LinearRule } from './rule.ts';
import { negativeDenominator, positiveDenominator, signedBack, zPlusBack } from './signed-parts.ts';
import { negative, opposite, positive, scaled } from './weight-forms.ts';

type AlphaBeta = Extract<LinearRule, { rule: 'AlphaBeta' }>;

/** alpha times the part of supporting terms, minus beta times the part of opposing ones. */
export function alphaBeta(step: LinearStep, rule: AlphaBeta): Contribution {
  const { writer, map, relevance } = step;
  const denominator = { ...rule, apart: step.inHalves };
  const supporting = writer.divide(relevance, positiveDenominator(step, denominator));
  if (rule.beta === 0) {
    const whole = rule.alpha === 1 ? supporting : writer.multiply(supporting, rule.alpha);
    return zPlusBack(step, whole);
  }
  const opposing = writer.divide(relevance, negativeDenominator(step, denominator));
  const plusForms = { onPositive: scaled(rule.alpha, positive), onNegative: scaled(rule.alpha, negative) };
  const minusForms = { onPositive: scaled(rule.beta, opposite), onNegative: scaled(-rule.beta, positive) };
  if (step.inputNonNegative) {
    const plus = alphaOf(step, supporting, rule.alpha);
    return { gain: map.back(opposing, minusForms.onPositive, map.back(...plus)) };
  }
  const plus = signedBack(step, supporting, plusForms);
  return { relevance: writer.add(plus, signedBack(step, opposing, minusForms)) };
}

/** alpha goes to the share or to the weights, whichever has fewer values: both may be multiplied in every run. */
function alphaOf({ writer, map }: LinearStep, share: Tensor, alpha: number): [Tensor, WeightForm] {
  const count = (sizes: readonly number[]): number => sizes.reduce((product, size) => product * size, 1);
  const isShare = count(map.outputSizes) < count(map.operation.form.weight.dims);
  return isShare ? [writer.multiply(share, alpha), positive] : [share, scaled(alpha, positive)];
}
