import type { Tensor } from '../compile/tensor.ts';
import type { Contribution } from './contribution.ts';
import type { LinearStep } from './linear-step.ts';
import type { Stabilizer } from './rule.ts';
import { stabilize } from './stabilize.ts';
import { given, negative, positive, scaled, shifted } from './weight-forms.ts';

/** A layer before there is relevance. */
export type ForwardStep = Pick<LinearStep, 'writer' | 'map' | 'input' | 'inputNonNegative'>;

export interface SignedForms {
  readonly onPositive: typeof given;
  readonly onNegative: typeof given;
}

const supporting: SignedForms = { onPositive: positive, onNegative: negative };
const opposing: SignedForms = { onPositive: negative, onNegative: positive };

/** onPositive(x+) + onNegative(x-) + bias; the bias takes part once, with the positive half. */
export function signedApply(step: ForwardStep, forms: SignedForms & { bias: typeof given | undefined }): Tensor {
  const { writer, map, input } = step;
  if (step.inputNonNegative) return map.apply(input, { weight: forms.onPositive, bias: forms.bias });
  const upper = map.apply(writer.positivePart(input), { weight: forms.onPositive, bias: forms.bias });
  return map.apply(writer.negativePart(input), { weight: forms.onNegative, plus: upper });
}

export function signedBack(step: LinearStep, share: Tensor, forms: SignedForms): Tensor {
  const { writer, map, input, inputNonNegative } = step;
  const above = inputNonNegative ? input : writer.positivePart(input);
  const upper = writer.multiply(above, map.back(share, forms.onPositive));
  if (inputNonNegative) return upper;
  return writer.add(upper, writer.multiply(writer.negativePart(input), map.back(share, forms.onNegative)));
}

/** x+ * W+^T s + x- * W-^T s. */
export function zPlusBack(step: LinearStep, share: Tensor): Contribution {
  if (step.inputNonNegative) return { gain: step.map.back(share, positive) };
  return { relevance: signedBack(step, share, supporting) };
}

/** W+ x+ + W- x- + b+, never negative. */
export function positiveZ(step: ForwardStep): Tensor {
  return signedApply(step, { ...supporting, bias: positive });
}

/** W- x+ + W+ x- + b-, never positive. */
export function negativeZ(step: ForwardStep): Tensor {
  return signedApply(step, { ...opposing, bias: negative });
}

interface DenominatorRequest {
  readonly stabilizer: Stabilizer;
  readonly zeroBias: boolean;
  /** Set where what is stabilized is computed anyway. */
  readonly apart?: boolean;
}

/** stab of `positiveZ`. */
export function positiveDenominator(step: ForwardStep, request: DenominatorRequest): Tensor {
  return denominator(step, request, { ...supporting, bias: positive, sign: 'nonNegative' });
}

/** stab of `negativeZ`. */
export function negativeDenominator(step: ForwardStep, request: DenominatorRequest): Tensor {
  return denominator(step, request, { ...opposing, bias: negative, sign: 'nonPositive' });
}

/** A plain stabilizer is folded into the bias: the sign is known. */
function denominator(
  step: ForwardStep,
  { stabilizer, zeroBias, apart = false }: DenominatorRequest,
  { sign, ...forms }: SignedForms & { bias: typeof given; sign: 'nonNegative' | 'nonPositive' },
): Tensor {
  if (apart || !isPlain(stabilizer)) {
    const z = signedApply(step, { ...forms, bias: zeroBias ? undefined : forms.bias });
    return stabilize(step.writer, z, { stabilizer, sign });
  }
  const amount = sign === 'nonNegative' ? stabilizer.epsilon : -stabilizer.epsilon;
  return signedApply(step, { ...forms, bias: shifted(zeroBias ? scaled(0, given) : forms.bias, amount) });
}

/** Adds epsilon and nothing else. */
export function isPlain({ clip, normScale }: Stabilizer): boolean {
  return !clip && !normScale;
}
