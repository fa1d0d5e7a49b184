import { LightboxError } from '#shared/errors.ts';
import type { Activation, Operation } from '../network/network.ts';
import type { Tensor, TensorWriter } from '../compile/tensor.ts';
import type { Rule } from './rule.ts';

export interface ActivationStep {
  readonly operation: Operation<Activation>;
  /** Value before the activation; asked for only by derivatives that need it, since a fused ReLU does not keep it. */
  readonly input: () => Tensor;
  readonly output: Tensor;
  readonly relevance: Tensor;
}

/** Pass hands relevance on; GuidedBackprop and DeconvNet are for ReLU; Gradient multiplies by the derivative. */
export function applyActivationRule(writer: TensorWriter, step: ActivationStep, rule: Rule): Tensor {
  const { relevance, output, operation } = step;
  if (rule.rule === 'Pass') return relevance;
  if (rule.rule === 'DeconvNet') return writer.positivePart(relevance);
  if (rule.rule === 'GuidedBackprop') return guidedGate(writer, relevance, output);
  if (rule.rule === 'Gradient') return writer.multiply(relevance, derivative(writer, step));
  throw new LightboxError(
    'composite/invalid',
    `The rule ${rule.rule} cannot be given to the activation "${operation.name}".`,
  );
}

/** What is positive, where the ReLU let something through (Springenberg et al. 2015). */
export function guidedGate(writer: TensorWriter, relevance: Tensor, output: Tensor): Tensor {
  return writer.multiply(writer.positivePart(relevance), writer.indicator('Greater', output));
}

function derivative(writer: TensorWriter, { operation, input, output }: ActivationStep): Tensor {
  const { operator } = operation.form;
  switch (operator) {
    case 'Relu':
      return writer.indicator('Greater', output);
    case 'Clip':
      return unchanged(writer, input(), output);
    case 'Sigmoid':
      return writer.multiply(output, writer.add(writer.multiply(output, -1), 1));
    case 'Tanh':
      return writer.add(writer.multiply(writer.multiply(output, output), -1), 1);
    case 'LeakyRelu': {
      const slope = operation.form.attributes.get('alpha');
      const alpha = slope?.kind === 'float' ? slope.value : 0.01;
      return writer.add(writer.multiply(writer.indicator('Greater', input()), 1 - alpha), alpha);
    }
    default:
      throw new LightboxError(
        'composite/invalid',
        `The derivative of ${operator} ("${operation.name}") is not available; give it the rule Pass.`,
      );
  }
}

/** 1 where clipping left the value as it was. */
function unchanged(writer: TensorWriter, input: Tensor, output: Tensor): Tensor {
  const same = writer.elementwise('Equal', input, output);
  return { ...same, name: writer.graph.emit('Cast', [same.name], { attributes: { to: 1 } }) };
}
