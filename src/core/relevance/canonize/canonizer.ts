import type { Network, Operation } from '../network/network.ts';

/** A network before its layers are listed. */
export type DraftNetwork = Omit<Network, 'layers'>;

/** Turns a network into a form the rules assume, without changing what it computes. */
export type Canonizer = (network: DraftNetwork) => DraftNetwork;

export function producersOf(network: DraftNetwork): ReadonlyMap<string, Operation> {
  return new Map(network.operations.map((operation) => [operation.output, operation]));
}

/** Replaces pairs (producer, its only consumer) by one operation that takes the consumer's output. */
export function fusePairs(
  network: DraftNetwork,
  fuse: (producer: Operation, consumer: Operation) => Operation | undefined,
): DraftNetwork {
  const { operations, output } = network;
  const producers = new Map(producersOf(network));
  const readers = new Map<string, number>();
  const count = (operation: Operation, by: number): void => {
    for (const input of new Set(operation.inputs)) readers.set(input, (readers.get(input) ?? 0) + by);
  };
  for (const operation of operations) count(operation, 1);
  for (const consumer of operations) {
    const producer = producers.get(consumer.inputs[0] ?? '');
    if (!producer || producer.output === output.name || readers.get(producer.output) !== 1) continue;
    const fused = fuse(producer, consumer);
    if (!fused) continue;
    producers.delete(producer.output);
    producers.set(consumer.output, fused);
    for (const gone of [producer, consumer]) count(gone, -1);
    count(fused, 1);
  }
  return { ...network, operations: operations.flatMap((operation) => producers.get(operation.output) ?? []) };
}
