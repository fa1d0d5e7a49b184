import { isKind, type Operation } from '../network/network.ts';
import type { Canonizer } from './canonizer.ts';

/**
 * Arithmetic with constants between the picture and the first layer is pixel normalisation. Relevance is wanted at the
 * tensor that enters the first layer, so it passes these steps unchanged.
 */
export const markNormalization: Canonizer = (network) => {
  const prepared = new Set([network.input.name]);
  const operations = network.operations.map((operation): Operation => {
    if (!isKind(operation, 'arithmetic') || !prepared.has(operation.inputs[0] ?? '')) return operation;
    prepared.add(operation.output);
    return { ...operation, form: { ...operation.form, normalization: true } };
  });
  if (prepared.size === 1) return network;
  const note = 'The network normalises pixels itself; relevance is given at the tensor that enters the first layer.';
  return { ...network, operations, notes: [...network.notes, note] };
};
