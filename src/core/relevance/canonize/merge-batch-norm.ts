import { isKind, type Operation } from '../network/network.ts';
import { elementwise, reshapeParameter, type Parameter } from '../network/parameter.ts';
import { fusePairs, type Canonizer } from './canonizer.ts';

/**
 * Folds a batch norm into the convolution or linear layer that alone feeds it: W' = W * s, b' = b * s + shift
 * (zennit's SequentialMergeBatchNorm, decided here by data flow instead of definition order).
 */
export const mergeBatchNorm: Canonizer = (network) =>
  fusePairs(network, (producer, consumer) => {
    if (!isKind(consumer, 'batchNorm')) return undefined;
    const { scale, shift } = consumer.form;
    if (isKind(producer, 'convolution')) {
      const weight = elementwise('Mul', producer.form.weight, onAxis(scale, 0, 4));
      return merged(producer, consumer, {
        ...producer.form,
        weight,
        bias: mergedBias(producer.form.bias, scale, shift),
      });
    }
    // Over three axes a linear layer's outputs lie on the last, the channels of a batch norm on the second.
    if (isKind(producer, 'linear') && network.shapes.get(producer.output)?.length === 2) {
      const weight = elementwise('Mul', producer.form.weight, onAxis(scale, producer.form.outputFirst ? 0 : 1, 2));
      return merged(producer, consumer, {
        ...producer.form,
        weight,
        bias: mergedBias(producer.form.bias, scale, shift),
      });
    }
    return undefined;
  });

function merged(producer: Operation, consumer: Operation, form: Operation['form']): Operation {
  return { ...producer, form, output: consumer.output };
}

function mergedBias(bias: Parameter | undefined, scale: Parameter, shift: Parameter): Parameter {
  return bias ? elementwise('Add', elementwise('Mul', bias, scale), shift) : shift;
}

/** A per-channel vector laid along one axis of a tensor of the given rank. */
function onAxis(vector: Parameter, axis: number, rank: number): Parameter {
  const length = vector.dims[0] ?? 1;
  return reshapeParameter(
    vector,
    Array.from({ length: rank }, (_, i) => (i === axis ? length : 1)),
  );
}
