import type { LayerSummary } from '#core/engine/index.ts';
import { checkChannel, listConceptLayers, type Concept } from '../concept-layers.ts';
import { spreadEvenly } from '../spread-evenly.ts';
import type { ConceptsRequest } from './concepts-request.ts';

/** Layers shown where none are named. */
const usualCount = 19;

/**
 * The layers whose concepts are shown, in the network's order. Names that the network does not have are left for the engine to refuse, which
 * knows the nearest ones.
 */
export function chooseLayers(
  layers: readonly LayerSummary[],
  request: Pick<ConceptsRequest, 'concepts' | 'layers'>,
): readonly string[] {
  const named = request.concepts?.map(({ layer }) => layer) ?? request.layers;
  if (named !== undefined && named !== 'all') return inOrder(layers, named);
  const candidates = listConceptLayers(layers);
  if (named === 'all') return candidates.map(({ name }) => name);
  const sums = candidates.filter(({ type }) => type === 'sum');
  const convolutions = candidates.filter(({ type }) => type === 'convolution');
  const usual = sums.length > 0 ? [...convolutions.slice(0, 1), ...sums] : convolutions;
  return spreadEvenly(usual, usualCount).map(({ name }) => name);
}

function inOrder(layers: readonly LayerSummary[], named: readonly string[]): readonly string[] {
  const places = new Map(layers.map(({ name }, i) => [name, i]));
  return [...new Set(named)].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

/** Throws `concept/unknown`; layers the network does not have are left for the engine. */
export function checkChannels(layers: readonly LayerSummary[], concepts: readonly Concept[]): void {
  for (const { layer: name, channel } of concepts) {
    const layer = layers.find((candidate) => candidate.name === name);
    if (layer) checkChannel(layer, channel);
  }
}
