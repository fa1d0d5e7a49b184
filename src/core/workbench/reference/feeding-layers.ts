import type { Network } from '#core/relevance/index.ts';

/** The layers among those named that feed a layer: going back from it on every path, the first that is met. */
export function listFeedingLayers(
  { operations }: Pick<Network, 'operations'>,
  layer: string,
  names: ReadonlySet<string>,
): readonly string[] {
  const byOutput = new Map(operations.map((operation) => [operation.output, operation]));
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = [...(operations.find(({ name }) => name === layer)?.inputs ?? [])];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const operation = byOutput.get(value);
    if (!operation || seen.has(value)) continue;
    seen.add(value);
    if (names.has(operation.name)) found.add(operation.name);
    else open.push(...operation.inputs);
  }
  return operations.flatMap(({ name }) => (found.has(name) ? [name] : []));
}
