import type { Tensor } from '../compile/tensor.ts';
import { alphaBeta } from './alpha-beta.ts';
import type { Contribution } from './contribution.ts';
import { flat } from './flat.ts';
import type { LinearStep } from './linear-step.ts';
import type { LinearRule } from './rule.ts';
import { isPlain, positiveDenominator, signedApply, signedBack, zPlusBack, type SignedForms } from './signed-parts.ts';
import { stabilize } from './stabilize.ts';
import { gammaForm, given, negative, positive, scaled, shifted, squared } from './weight-forms.ts';
import { zBox } from './z-box.ts';

type Of<Name extends LinearRule['rule']> = Extract<LinearRule, { rule: Name }>;

/** R_in of a linear layer. Formulas: docs/rules.md. */
export function applyLinearRule(step: LinearStep, rule: LinearRule): Contribution {
  switch (rule.rule) {
    case 'Epsilon':
      return epsilon(step, rule);
    case 'Gamma':
      return gamma(step, rule);
    case 'ZPlus':
      return zPlus(step, rule);
    case 'AlphaBeta':
      return alphaBeta(step, rule);
    case 'ZBox':
      return zBox(step, rule);
    case 'WSquare':
      return wSquare(step, rule);
    case 'Flat':
      return flat(step, rule);
  }
}

/** R_in = x * W^T (R / stab(z)). */
function epsilon(
  { writer, map, input, output, onlyPositiveOutput, relevance }: LinearStep,
  rule: Of<'Epsilon'>,
): Contribution {
  const z = rule.zeroBias ? map.apply(input, { weight: given }) : output;
  const sign = onlyPositiveOutput && !rule.zeroBias ? 'nonNegative' : 'any';
  const share = writer.divide(relevance, stabilize(writer, z, { stabilizer: rule.stabilizer, sign }));
  return { gain: map.back(share, given) };
}

/** R_in = x+ * W+^T s + x- * W-^T s with s = R / stab(W+ x+ + W- x- + b+). */
function zPlus(step: LinearStep, rule: Of<'ZPlus'>): Contribution {
  return zPlusBack(step, step.writer.divide(step.relevance, positiveDenominator(step, rule)));
}

/**
 * The generalised Gamma rule, gated on the sign of the output z. With p = W+ x + b+ and n = W- x + b- (x >= 0) its two
 * denominators are z + gamma p and z + gamma n = (1 + gamma) z - gamma p, so one convolution beside the forward one is enough.
 */
function gamma(step: LinearStep, rule: Of<'Gamma'>): Contribution {
  const plain = isPlain(rule.stabilizer) && !rule.zeroBias && step.inputNonNegative;
  if (!plain) return generalGamma(step, rule);
  const { writer, map, input, output, relevance } = step;
  const strengthened = gammaForm(rule.gamma, positive);
  const raised: { weight: typeof given; bias: typeof given } = {
    weight: scaled(rule.gamma, positive),
    bias: shifted(scaled(rule.gamma, positive), rule.stabilizer.epsilon),
  };
  if (step.onlyPositiveOutput) {
    const denominator = map.apply(input, { ...raised, plus: output });
    return { gain: map.back(writer.divide(relevance, denominator), strengthened) };
  }
  const extra = map.apply(input, raised);
  // One denominator that suits each sign and is zero for none: a share of the other sign must not become 0 times infinity.
  const above = writer.elementwise('Greater', output, 0);
  const below = writer.subtract(writer.multiply(output, 1 + rule.gamma), extra);
  const share = writer.divide(relevance, writer.elementwise('Where', above, writer.add(output, extra), below));
  const upper = writer.multiply(share, writer.indicator('Greater', output));
  const lower = writer.multiply(share, writer.indicator('Less', output));
  return { gain: map.back(lower, gammaForm(rule.gamma, negative), map.back(upper, strengthened)) };
}

/** Gamma as its definition has it: for inputs of any sign, other stabilizers, or without biases. */
function generalGamma(step: LinearStep, rule: Of<'Gamma'>): Contribution {
  const { writer, output, relevance } = step;
  const up = gammaForm(rule.gamma, positive);
  const down = gammaForm(rule.gamma, negative);
  const half = (comparison: 'Greater' | 'Less', forms: SignedForms): Tensor => {
    const z = signedApply(step, { ...forms, bias: rule.zeroBias ? undefined : forms.onPositive });
    const share = writer.divide(relevance, stabilize(writer, z, { stabilizer: rule.stabilizer, sign: 'any' }));
    return signedBack(step, writer.multiply(share, writer.indicator(comparison, output)), forms);
  };
  const upper = half('Greater', { onPositive: up, onNegative: down });
  if (step.onlyPositiveOutput) return { relevance: upper };
  return { relevance: writer.add(upper, half('Less', { onPositive: down, onNegative: up })) };
}

/** R_in = (W²)^T (R / stab(sum of W² + b²)); the input's values are not used. */
function wSquare({ writer, map, relevance }: LinearStep, rule: Of<'WSquare'>): Contribution {
  const allOnes = writer.constant(1, map.inputSizes);
  const total = map.apply(allOnes, { weight: squared, bias: rule.zeroBias ? undefined : squared, constant: true });
  const share = writer.divide(
    relevance,
    stabilize(writer, total, { stabilizer: rule.stabilizer, sign: 'nonNegative' }),
  );
  return { relevance: map.back(share, squared) };
}
