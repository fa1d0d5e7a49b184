import type { Network, Operation } from '../network/network.ts';

/** A network before its layers are listed. */
export type DraftNetwork = Omit<Network, 'layers'>;

/** Turns a network into a form the rules assume, without changing what it computes. */
export type Canonizer = (network: DraftNetwork) => DraftNetwork;

/** Which operations read a value. */
export function consumersOf(network: DraftNetwork): ReadonlyMap<string, readonly Operation[]> {
  const consumers = new Map<string, Operation[]>();
  for (const operation of network.operations) {
    for (const input of new Set(operation.inputs)) consumers.set(input, [...(consumers.get(input) ?? []), operation]);
  }
  return consumers;
}

export function producersOf(network: DraftNetwork): ReadonlyMap<string, Operation> {
  return new Map(network.operations.map((operation) => [operation.output, operation]));
}

/** Replaces pairs (producer, its only consumer) by one operation that takes the consumer's output. */
export function fusePairs(
  network: DraftNetwork,
  fuse: (producer: Operation, consumer: Operation) => Operation | undefined,
): DraftNetwork {
  let operations = network.operations;
  for (const consumer of network.operations) {
    const current = { ...network, operations };
    const producer = producersOf(current).get(consumer.inputs[0] ?? '');
    if (!producer || producer.output === network.output.name) continue;
    if (consumersOf(current).get(producer.output)?.length !== 1) continue;
    const fused = fuse(producer, consumer);
    if (fused) operations = operations.flatMap((op) => (op === producer ? [] : op === consumer ? [fused] : [op]));
  }
  return { ...network, operations };
}
