import type { WeightForm } from '../compile/filters.ts';
import type { LinearMap } from '../compile/linear-map.ts';
import type { Tensor } from '../compile/tensor.ts';
import type { Contribution } from './contribution.ts';
import type { LinearStep } from './linear-step.ts';
import type { LinearRule, Rule } from './rule.ts';
import {
  negativeDenominator,
  negativeZ,
  positiveDenominator,
  positiveZ,
  signedBack,
  zPlusBack,
  type ForwardStep,
} from './signed-parts.ts';
import { negative, opposite, positive, scaled } from './weight-forms.ts';

type AlphaBeta = Extract<LinearRule, { rule: 'AlphaBeta' }>;

/** alpha times the part of supporting terms, minus beta times the part of opposing ones. */
export function alphaBeta(step: LinearStep, rule: AlphaBeta): Contribution {
  const { writer, map, relevance } = step;
  const denominator = { ...rule, apart: isSummed(step, rule) };
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
  const isShare = countOutputs(map) < countWeights(map);
  return isShare ? [writer.multiply(share, alpha), positive] : [share, scaled(alpha, positive)];
}

/** The layer's output as the sum of what supports it and what opposes it, where AlphaBeta asks for both: one convolution less. */
export function sumOfHalves(step: ForwardStep, rule: Rule | undefined): Tensor | undefined {
  if (rule?.rule !== 'AlphaBeta' || !isSummed(step, rule)) return undefined;
  return step.writer.add(positiveZ(step), negativeZ(step));
}

/** Not where both halves, which are kept until relevance comes back, would take more memory than the weights. */
function isSummed({ map, inputNonNegative }: ForwardStep, { beta, zeroBias }: AlphaBeta): boolean {
  const isWanted = beta !== 0 && !zeroBias && inputNonNegative && map.operation.form.kind === 'convolution';
  return isWanted && 2 * countOutputs(map) < countWeights(map);
}

function countOutputs({ outputSizes }: LinearMap): number {
  return outputSizes.reduce((product, size) => product * size, 1);
}

function countWeights({ operation }: LinearMap): number {
  return operation.form.weight.dims.reduce((product, size) => product * size, 1);
}
