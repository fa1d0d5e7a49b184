import { SHARE_STABILIZER, type ConceptLayer } from '#core/catalog/index.ts';
import type { Engine } from '#core/engine/index.ts';
import { throwIfCancelled, type JobControl } from '../job.ts';
import type { ReferencePick } from './best-samples.ts';
import { loadSample } from './load-sample.ts';
import { listFeedingLayers } from './feeding-layers.ts';
import type { ReadDataset } from './read-concepts.ts';
import type { NeuronMap } from './receptive-region.ts';
import { ConceptFlow, type Flow, type ReferenceModel } from './reference-engine.ts';
import type { Ranking } from './reference-request.ts';

/** Where on pictures a concept fires, and what below feeds it, over its reference samples. */
export interface ConceptPage {
  /** Reference samples it was averaged over; those whose ranking is inverted are left out. */
  readonly samples: number;
  /** On the model's input, every sample's magnitudes adding up to 1 before they are averaged. */
  readonly meanMap: NeuronMap;
  /** For each layer that feeds the concept's, the channels that carry most of what flows through it. */
  readonly feeds: readonly FeedingLayer[];
}

export interface FeedingLayer {
  readonly layer: string;
  /** Mean signed share over the samples, the highest first. */
  readonly concepts: readonly { readonly channel: number; readonly share: number }[];
}

export interface PageRequest {
  readonly layer: ConceptLayer;
  readonly channel: number;
  readonly by: Ranking['by'];
  /** Best first. */
  readonly picks: readonly ReferencePick[];
}

/** Reference samples a page is averaged over. */
const SAMPLES_OF_PAGE = 16;
const FEEDING_CONCEPTS = 4;

/** Relevance is followed through the concept alone: what goes round its layer (a shortcut) is not taken for its own. */
export async function computeConceptPage(
  { engine, model, read }: { engine: Engine; model: ReferenceModel; read: ReadDataset },
  { layer, channel, by, picks }: PageRequest,
  control: JobControl,
): Promise<ConceptPage> {
  const names = listFeedingLayers(read.network, layer.name, new Set(read.layers.map(({ name }) => name)));
  const below = read.layers.filter(({ name }) => names.includes(name));
  const flow = await ConceptFlow.open({ engine, control }, model, { concept: { layer, channel }, by, below });
  const tally = new PageTally(read, below);
  try {
    for (const [done, pick] of picks.slice(0, SAMPLES_OF_PAGE).entries()) {
      throwIfCancelled(control);
      control.onProgress?.({ done, total: SAMPLES_OF_PAGE, label: `${layer.name}:${channel}: what feeds it` });
      const sample = await loadSample(read, pick.path);
      if (sample) tally.add(await flow.compute(sample.input.tensor, pick.target));
    }
  } finally {
    await flow.close();
  }
  return tally.finish();
}

class PageTally {
  readonly #below: readonly ConceptLayer[];
  readonly #map: Float64Array;
  readonly #shares: readonly Float64Array[];
  readonly #size: { readonly width: number; readonly height: number };
  #samples = 0;

  constructor({ network }: ReadDataset, below: readonly ConceptLayer[]) {
    const { width, height } = network.input;
    this.#size = { width, height };
    this.#map = new Float64Array(width * height);
    this.#below = below;
    this.#shares = below.map(({ channels }) => new Float64Array(channels));
  }

  add({ map, below }: Flow): void {
    addShares(this.#map, map.values, Math.abs);
    below.forEach((sums, index) => {
      addShares(this.#shares[index] ?? new Float64Array(), sums, (value) => value);
    });
    this.#samples++;
  }

  finish(): ConceptPage {
    const samples = this.#samples;
    const mean = (total: number): number => (samples === 0 ? 0 : total / samples);
    return {
      samples,
      meanMap: { ...this.#size, values: Float32Array.from(this.#map, mean) },
      feeds: this.#below.map(({ name }, index) => ({
        layer: name,
        concepts: Array.from(this.#shares[index] ?? [], (total, channel) => ({ channel, share: mean(total) }))
          .sort((left, right) => right.share - left.share || left.channel - right.channel)
          .slice(0, FEEDING_CONCEPTS),
      })),
    };
  }
}

/** Adds values, divided by the sum of their magnitudes. */
function addShares(totals: Float64Array, values: Float32Array, shape: (value: number) => number): void {
  const absolute = values.reduce((sum, value) => sum + Math.abs(value), 0) + SHARE_STABILIZER;
  values.forEach((value, index) => {
    totals[index] = (totals[index] ?? 0) + shape(value) / absolute;
  });
}
