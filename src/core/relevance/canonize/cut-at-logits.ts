import { LightboxError } from '#shared/errors.ts';
import type { Operation } from '../network/network.ts';
import { fileName, nodeLabel } from '../operators/reading.ts';
import { producersOf, type Canonizer } from './canonizer.ts';

/**
 * Relevance starts at the logits: a Softmax, LogSoftmax or Sigmoid that ends the network is cut off (Softmax has no rule,
 * and the relevance of a probability mixes all classes).
 */
export const cutAtLogits: Canonizer = (network) => {
  const producers = producersOf(network);
  const cut: Operation[] = [];
  let name = network.output.name;
  for (let last = producers.get(name); last && endsInProbabilities(last); last = producers.get(name)) {
    cut.push(last);
    name = last.inputs[0] ?? '';
  }
  const operations = network.operations.filter((operation) => !cut.includes(operation));
  const inside = operations.find((operation) => operation.form.kind === 'normalizer');
  if (inside) {
    throw new LightboxError(
      'model/unsupported-operator',
      `${fileName(network.model)}: node ${nodeLabel(inside.node)} stands inside the network; ${inside.node.operator} has no relevance rule and is supported only at the end.`,
    );
  }
  const notes = cut.map(({ node }) => `${node.operator} at the end is cut off; relevance starts at the logits.`);
  const shape = network.shapes.get(name) ?? network.output.shape;
  return { ...network, operations, output: { name, shape }, notes: [...network.notes, ...notes] };
};

function endsInProbabilities({ form }: Operation): boolean {
  return form.kind === 'normalizer' || (form.kind === 'activation' && form.operator === 'Sigmoid');
}
