import type { Network } from '#core/relevance/index.ts';
import type { NetworkSummary } from './requests.ts';

/** What a host needs to know of a network; without its weights and operations. */
export function summarizeNetwork({ input, output, layers }: Network): NetworkSummary {
  return {
    input,
    output: { name: output.name, sizes: output.shape.slice(1).map(Number) },
    layers: layers.map(({ name, type, channels, height, width }) => ({ name, type, channels, height, width })),
  };
}
