import { keepChannels } from '#core/engine/index.ts';
import { computeModelView } from '#core/imaging/index.ts';
import { signMeaning, type Composite, type SignMeaning } from '#core/relevance/index.ts';
import type { ConceptMap, ConceptMapRequest, Concepts, ConceptsRequest } from '#shared/contract/concepts.ts';
import type { Question } from '#shared/contract/explain.ts';
import { LightboxError } from '#shared/errors.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import type { PreparedSample } from '../../collection/dataset-batches.ts';
import type { DatasetModel } from '../../collection/dataset-model.ts';
import { checkChannel, listConceptLayers } from '../../concept-layers.ts';
import { chooseLayers } from '../../concepts/choose-layers.ts';
import { locateRegion } from '../../concepts/locate-region.ts';
import { sumOf } from '../../concepts/rank-concepts.ts';
import { readModelNetwork } from '../../name-rules.ts';
import { senseRelevance } from '../../relevance-sense.ts';
import { openFor, prepare, type Computing } from '../explain/compute-sample.ts';
import type { ComputingPlace } from '../explain/computing-place.ts';
import { findSubject } from '../explain/explainer.ts';
import type { PassingMaps } from './passing-maps.ts';
import { rankLayer } from './rank-layer.ts';

type Signal = AbortSignal | undefined;

/** Says which concepts carry an explanation, and where on the picture each of them does. */
export interface ConceptExplainer {
  /** Throws what `Explainer.attribution` throws, and `request/invalid` for a region the model does not see. */
  rank(request: ConceptsRequest, signal: Signal): Promise<Concepts>;
  /** Throws also `layer/unknown`, `concept/unknown`. */
  map(request: ConceptMapRequest, signal: Signal): Promise<ConceptMap>;
}

export function createConceptExplainer(place: ComputingPlace, maps: PassingMaps): ConceptExplainer {
  return {
    rank: (request, signal) => ask(place, { request, signal }, (asked) => rank(asked, request)),
    map: (request, signal) => ask(place, { request, signal }, (asked) => mapConcept(asked, request, maps)),
  };
}

/** A question with all that answers it. */
interface Asked {
  readonly computing: Computing;
  readonly model: DatasetModel;
  readonly prepared: PreparedSample;
  readonly meaning: SignMeaning;
  /** Those whose concepts are told, from the picture to the output. */
  readonly layers: readonly string[];
  readonly target: number;
  readonly initial: 'one' | 'logit';
}

async function ask<Answer>(
  place: ComputingPlace,
  { request, signal }: { readonly request: Question; readonly signal: Signal },
  answer: (asked: Asked) => Promise<Answer>,
): Promise<Answer> {
  const { sample, model } = findSubject(place.read(), request);
  const file = await place.files.get(model);
  const { composite: name, target, initial = 'one' } = request;
  const composite = file.composite(name);
  const purpose = { composite: name, concepts: 'concepts' } as const;
  return place.compute({ sample, model, file, signal, purpose }, async (computing) => {
    const network = readModelNetwork(file.file);
    const layers = chooseLayers(network.layers, {});
    const opened = await openForConcepts(computing, { composite, layers, all: listConceptLayers(network.layers) });
    const prepared = await prepare(computing, opened);
    computing.onStep('computing');
    const meaning = signMeaning(network, composite);
    return answer({
      ...{ computing, model: opened, prepared, meaning, layers, initial },
      target: target === 'predicted' ? -1 : target,
    });
  });
}

interface ConceptOpening {
  readonly composite: Composite;
  readonly layers: readonly string[];
  readonly all: readonly { readonly name: string }[];
}

/** Tells what all layers carry, and where relevance that passes one of the chosen layers goes. */
function openForConcepts(computing: Computing, { composite, layers, all }: ConceptOpening): Promise<DatasetModel> {
  return openFor(computing, {
    ...{ composite, batch: 'shared' },
    concepts: all.map(({ name: layer }) => ({ layer, kind: 'relevance', regions: true })),
    starts: layers.map((layer) => ({ layer, from: 'relevance' })),
  });
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

/** Throws `layer/unknown`, `concept/unknown`. */
function countChannels({ model, layers }: Asked, name: string, channel: number): number {
  const layer = model.opened.network.layers.find((one) => one.name === name);
  if (!layer || !layers.includes(name)) {
    const known = layers.map((one) => `"${one}"`).join(', ');
    throw new LightboxError('layer/unknown', `Concepts of the layer "${name}" are not told; they are of ${known}.`);
  }
  checkChannel(layer, channel);
  return layer.channels;
}

function isTurned({ meaning, initial }: Asked, logit = NaN): boolean {
  return senseRelevance({ meaning, initialRelevance: initial, logit }).turned;
}
