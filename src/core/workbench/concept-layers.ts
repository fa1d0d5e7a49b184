import type { LayerSummary } from '#core/engine/index.ts';

/**
 * The layers whose channels are taken for concepts where none are named: those that combine what is below them, convolutions and
 * linear layers, and the sums that end residual blocks.
 */
export function listConceptLayers<Layer extends Pick<LayerSummary, 'type'>>(
  layers: readonly Layer[],
): readonly Layer[] {
  return layers.filter(({ type }) => type === 'convolution' || type === 'linear' || type === 'sum');
}
