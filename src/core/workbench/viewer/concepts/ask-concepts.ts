import { signMeaning, type Composite, type Network, type SignMeaning } from '#core/relevance/index.ts';
import type { Question } from '#shared/contract/explain.ts';
import { LightboxError } from '#shared/errors.ts';
import type { PreparedSample } from '../../collection/dataset-batches.ts';
import type { DatasetModel } from '../../collection/dataset-model.ts';
import { checkChannel, listConceptLayers } from '../../concept-layers.ts';
import { chooseLayers } from '../../concepts/choose-layers.ts';
import { readModelNetwork } from '../../name-rules.ts';
import { senseRelevance } from '../../relevance-sense.ts';
import { openFor, prepare, type Computing } from '../explain/compute-sample.ts';
import type { ComputingPlace } from '../explain/computing-place.ts';
import { findSubject } from '../explain/explainer.ts';

type Signal = AbortSignal | undefined;

/** A question with all that answers it. */
export interface Asked {
  readonly computing: Computing;
  readonly model: DatasetModel;
  readonly prepared: PreparedSample;
  readonly network: Network;
  readonly meaning: SignMeaning;
  /** Those whose concepts are told, from the picture to the output. */
  readonly layers: readonly string[];
  readonly target: number;
  readonly initial: 'one' | 'logit';
}

/** Opens the model for its concepts and prepares the picture, then answers. */
export async function askConcepts<Answer>(
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
      ...{ computing, model: opened, prepared, network, meaning, layers, initial },
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
    concepts: all.map(({ name: layer }) => ({ layer, kind: 'relevance', regions: true, peaks: true })),
    starts: layers.map((layer) => ({ layer, from: 'relevance' })),
  });
}

/** Throws `layer/unknown`, `concept/unknown`. */
export function countChannels({ model, layers }: Asked, name: string, channel: number): number {
  const layer = model.opened.network.layers.find((one) => one.name === name);
  if (!layer || !layers.includes(name)) {
    const known = layers.map((one) => `"${one}"`).join(', ');
    throw new LightboxError('layer/unknown', `Concepts of the layer "${name}" are not told; they are of ${known}.`);
  }
  checkChannel(layer, channel);
  return layer.channels;
}

/** Whether relevance below zero speaks for the target. */
export function isTurned({ meaning, initial }: Asked, logit = NaN): boolean {
  return senseRelevance({ meaning, initialRelevance: initial, logit }).turned;
}
