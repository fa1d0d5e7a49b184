import type { LayerSummary } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';

/** A channel of a layer. */
export interface Concept {
  readonly layer: string;
  readonly channel: number;
}

/** Throws `concept/unknown` for a channel that the layer does not have. */
export function checkChannel({ name, channels }: Pick<LayerSummary, 'name' | 'channels'>, channel: number): void {
  if (Number.isInteger(channel) && channel >= 0 && channel < channels) return;
  throw new LightboxError(
    'concept/unknown',
    `Layer "${name}" has no channel ${channel}: it has ${channels}, counted from 0 to ${channels - 1}.`,
  );
}

/**
 * The layers whose channels are taken for concepts where none are named: those that combine what is below them, convolutions and
 * linear layers, and the sums that end residual blocks.
 */
export function listConceptLayers<Layer extends Pick<LayerSummary, 'type'>>(
  layers: readonly Layer[],
): readonly Layer[] {
  return layers.filter(({ type }) => type === 'convolution' || type === 'linear' || type === 'sum');
}
