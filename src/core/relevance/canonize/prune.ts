import type { Canonizer } from './canonizer.ts';
import type { Operation } from '../network/network.ts';

/** Leaves out what does not lead to the logits. */
export const prune: Canonizer = (network) => {
  const needed = new Set([network.output.name]);
  const operations: Operation[] = [];
  for (const operation of [...network.operations].reverse()) {
    if (!needed.has(operation.output)) continue;
    operation.inputs.forEach((input) => needed.add(input));
    operations.unshift(operation);
  }
  return { ...network, operations };
};
