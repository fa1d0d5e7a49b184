import { keepChannels } from '#core/engine/index.ts';
import { computeModelView } from '#core/imaging/index.ts';
import type {
  ConceptGraph,
  ConceptGraphRequest,
  ConceptMap,
  ConceptMapRequest,
  Concepts,
  ConceptsRequest,
  StrongestNeuron,
  StrongestNeuronRequest,
} from '#shared/contract/concepts.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import { locateRegion } from '../../concepts/locate-region.ts';
import { sumOf } from '../../concepts/rank-concepts.ts';
import type { ComputingPlace } from '../explain/computing-place.ts';
import { askConcepts, countChannels, isTurned, type Asked } from './ask-concepts.ts';
import { drawConceptGraph } from './concept-graph.ts';
import { findStrongestNeuron } from './strongest-neuron.ts';
import type { PassingMaps } from './passing-maps.ts';
import { rankLayer } from './rank-layer.ts';

type Signal = AbortSignal | undefined;

/** Says which concepts carry an explanation, and where on the picture each of them does. */
export interface ConceptExplainer {
  /** Throws what `Explainer.attribution` throws, and `request/invalid` for a region the model does not see. */
  rank(request: ConceptsRequest, signal: Signal): Promise<Concepts>;
  /** Throws also `layer/unknown`, `concept/unknown`. */
  map(request: ConceptMapRequest, signal: Signal): Promise<ConceptMap>;
  /** Throws as `map`. */
  graph(request: ConceptGraphRequest, signal: Signal): Promise<ConceptGraph>;
  /** Throws as `map`. */
  strongestNeuron(request: StrongestNeuronRequest, signal: Signal): Promise<StrongestNeuron>;
}

export function createConceptExplainer(place: ComputingPlace, maps: PassingMaps): ConceptExplainer {
  return {
    rank: (request, signal) => askConcepts(place, { request, signal }, (asked) => rank(asked, request)),
    map: (request, signal) => askConcepts(place, { request, signal }, (asked) => mapConcept(asked, request, maps)),
    graph: (request, signal) => askConcepts(place, { request, signal }, (asked) => drawConceptGraph(asked, request)),
    strongestNeuron: (request, signal) =>
      askConcepts(place, { request, signal }, (asked) => findStrongestNeuron(asked, request)),
  };
}

async function rank(asked: Asked, { region }: ConceptsRequest): Promise<Concepts> {
  const { computing, model, prepared, initial } = asked;
  const { height, width } = model.opened.network.input;
  const { picture, view, input } = prepared.prepared;
  const located = region && (await locateRegion(region, { picture, view, size: { height, width } }));
  const { logits, targets, concepts } = await computing.engine.attribute(
    {
      ...{ handle: model.opened.handle, images: input.tensor, targets: [asked.target], initial },
      ...(located && { regions: located.inside }),
    },
    { signal: computing.signal },
  );
  const target = targets[0] ?? 0;
  const turned = isTurned(asked, logits[target]);
  const readings = asked.layers.flatMap((name) => concepts.find(({ layer }) => layer === name) ?? []);
  const layers = readings.map((reading) => rankLayer(reading, { turned, inRegion: located !== undefined }));
  return { target, turned, layers };
}

async function mapConcept(asked: Asked, { layer, channel }: ConceptMapRequest, maps: PassingMaps): Promise<ConceptMap> {
  const { computing, model, prepared, initial, meaning } = asked;
  const { network, handle } = model.opened;
  const channels = countChannels(asked, layer, channel);
  const {
    relevance,
    logits,
    target = 0,
  } = await computing.engine.condition(
    {
      ...{ handle, image: prepared.prepared.input.tensor, target: asked.target, initial },
      conditions: [[{ layer, channels: keepChannels(channels, [channel]) }]],
    },
    { signal: computing.signal },
  );
  const { input: recipe } = model.file.manifest.manifest;
  const values = sumOverColor(relevance, network.input.channels);
  return {
    ...{ target, turned: isTurned(asked, logits[target]), sum: sumOf(values) },
    mapSha256: maps.put({ shape: [network.input.height, network.input.width], values }),
    region: computeModelView(prepared.prepared.picture, recipe).region,
    effect: meaning === 'gradient' ? 'gradient' : 'evidence',
  };
}
