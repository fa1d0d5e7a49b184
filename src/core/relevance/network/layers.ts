import type { Layer, Network, Operation } from './network.ts';

/** The layers a rule, a tap or a condition can be given to, in graph order. */
export function listLayers(network: Pick<Network, 'operations' | 'shapes'>): Layer[] {
  return network.operations.flatMap((operation) => {
    const { kind } = operation.form;
    if (kind === 'normalizer') return [];
    return [{ name: operation.name, type: kind, output: operation.output, ...extent(network, operation) }];
  });
}

function extent(network: Pick<Network, 'shapes'>, operation: Operation): Pick<Layer, 'channels' | 'height' | 'width'> {
  const [, ...axes] = network.shapes.get(operation.output) ?? [];
  const [channels, height, width] = axes.map(Number);
  return { channels: channels ?? 0, height, width };
}
