import type { LayerSummary } from '#core/engine/index.ts';
import { LightboxError } from '#shared/errors.ts';
import { listConceptLayers } from '../concept-layers.ts';
import type { Concept, ConceptsRequest } from './concepts-request.ts';

/** Layers shown where none are named. */
const usualCount = 19;

/**
 * The layers whose concepts are shown, in the network's order. Names that the network does not have are left for the engine to refuse, which
 * knows the nearest ones.
 */
export function chooseLayers(layers: readonly LayerSummary[], request: ConceptsRequest): readonly string[] {
  const named = request.concepts?.map(({ layer }) => layer) ?? request.layers;
  if (named !== undefined && named !== 'all') return inOrder(layers, named);
  const candidates = listConceptLayers(layers);
  if (named === 'all') return candidates.map(({ name }) => name);
  const sums = candidates.filter(({ type }) => type === 'sum');
  const convolutions = candidates.filter(({ type }) => type === 'convolution');
  const usual = sums.length > 0 ? [...convolutions.slice(0, 1), ...sums] : convolutions;
  return spread(usual, usualCount).map(({ name }) => name);
}

function inOrder(layers: readonly LayerSummary[], named: readonly string[]): readonly string[] {
  const places = new Map(layers.map(({ name }, i) => [name, i]));
  return [...new Set(named)].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

/** At most `most` of the values, evenly spread, the first and the last among them. */
function spread<Value>(values: readonly Value[], most: number): readonly Value[] {
  if (values.length <= most) return values;
  const step = (values.length - 1) / (most - 1);
  return values.filter((_, i) => Math.round(Math.round(i / step) * step) === i);
}

/** Throws `concept/unknown`. */
export function checkChannels(layers: readonly LayerSummary[], concepts: readonly Concept[]): void {
  for (const { layer, channel } of concepts) {
    const channels = layers.find(({ name }) => name === layer)?.channels;
    if (channels === undefined || (Number.isInteger(channel) && channel >= 0 && channel < channels)) continue;
    throw new LightboxError(
      'concept/unknown',
      `Layer "${layer}" has no channel ${channel}: it has ${channels}, counted from 0 to ${channels - 1}.`,
    );
  }
}
