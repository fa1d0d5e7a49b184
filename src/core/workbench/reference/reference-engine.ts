/** The runs behind reference pictures and concept pages. */
import {
  keepChannels,
  type ConceptReading,
  type Engine,
  type LayerCondition,
  type OpenedModel,
} from '#core/engine/index.ts';
import type { ConceptLayer } from '#core/catalog/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';
import { sumOverColor } from '#shared/render-heatmap.ts';
import type { JobControl } from '../job.ts';
import type { ModelFile } from '../model-file.ts';
import type { NeuronMap } from './receptive-region.ts';

export interface ReferenceModel {
  readonly file: ModelFile;
  readonly composite: Composite;
  readonly provider?: ProviderChoice | undefined;
}

/** The engine, and whose job it works for. */
export interface EnginePlace {
  readonly engine: Engine;
  readonly control: JobControl;
}

export interface Neuron {
  readonly layer: ConceptLayer;
  readonly channel: number;
  /** Counted row by row; all of them when not given. */
  readonly position?: number | undefined;
}

/** Neurons computed together. */
const NEURONS_IN_RUN = 8;

/** Maps that begin at neurons' own raw activation: what on a picture makes them fire, whatever the class. */
export class NeuronMaps {
  readonly #place: EnginePlace;
  readonly #opened: OpenedModel;

  private constructor(place: EnginePlace, opened: OpenedModel) {
    this.#place = place;
    this.#opened = opened;
  }

  static async open(place: EnginePlace, model: ReferenceModel, layers: readonly ConceptLayer[]): Promise<NeuronMaps> {
    const starts = layers.map(({ name: layer }) => ({ layer, from: 'activation' as const }));
    const request = { ...openingOf(model), batch: 'shared', fromOutput: false, starts } as const;
    return new NeuronMaps(place, await place.engine.open(request, place.control));
  }

  /** One map of the model's input for each neuron. */
  async compute(image: Float32Array, neurons: readonly Neuron[]): Promise<readonly NeuronMap[]> {
    const { channels, height, width } = this.#opened.network.input;
    const conditions = neurons.map((neuron): readonly [LayerCondition] => [conditionOn(neuron)]);
    const { relevance } = await this.#place.engine.condition(
      { handle: this.#opened.handle, image, conditions },
      { batchSize: NEURONS_IN_RUN, signal: this.#place.control.signal },
    );
    const values = sumRows(relevance, neurons.length, channels);
    return values.map((map) => ({ width, height, values: map }));
  }

  async close(): Promise<void> {
    await this.#place.engine.release(this.#opened.handle);
  }
}

/** What flows through one concept: its map, and what concepts of layers below carry of it. */
export class ConceptFlow {
  readonly #place: EnginePlace;
  readonly #opened: OpenedModel;
  readonly #concept: Neuron;
  readonly #by: 'relevance' | 'activation';

  private constructor(place: EnginePlace, opened: OpenedModel, { concept, by }: FlowRequest) {
    this.#place = place;
    this.#opened = opened;
    this.#concept = concept;
    this.#by = by;
  }

  static async open(place: EnginePlace, model: ReferenceModel, request: FlowRequest): Promise<ConceptFlow> {
    const { concept, by, below } = request;
    const opened = await place.engine.open(
      {
        ...{ ...openingOf(model), batch: 'shared', fromOutput: by === 'relevance' },
        starts: [{ layer: concept.layer.name, from: by }],
        concepts: below.map(({ name: layer }) => ({ layer, kind: 'relevance' })),
      },
      place.control,
    );
    return new ConceptFlow(place, opened, request);
  }

  /** @param target the class relevance begins at; without meaning for activations. */
  async compute(image: Float32Array, target: number | undefined): Promise<Flow> {
    const { channels, height, width } = this.#opened.network.input;
    const { relevance, concepts } = await this.#place.engine.condition(
      {
        ...{ handle: this.#opened.handle, image, conditions: [[conditionOn(this.#concept)]] },
        ...(this.#by === 'relevance' && { target: target ?? -1, initial: 'logit' as const }),
      },
      { signal: this.#place.control.signal },
    );
    const [values = new Float32Array()] = sumRows(relevance, 1, channels);
    return { map: { width, height, values }, below: concepts.map(lastRow) };
  }

  async close(): Promise<void> {
    await this.#place.engine.release(this.#opened.handle);
  }
}

export interface FlowRequest {
  readonly concept: Neuron;
  readonly by: 'relevance' | 'activation';
  /** Layers nearer the picture. */
  readonly below: readonly ConceptLayer[];
}

export interface Flow {
  readonly map: NeuronMap;
  /** Relevance of each channel of the layers below, in their order. */
  readonly below: readonly Float32Array[];
}

function openingOf({ file, composite, provider }: ReferenceModel): Parameters<Engine['open']>[0] {
  const { height, width } = file.manifest.manifest.input;
  return { modelPath: file.path, composite, inputSize: { height, width }, ...(provider && { provider }) };
}

function conditionOn({ layer, channel, position }: Neuron): LayerCondition {
  const { name, channels, height = 1, width = 1 } = layer;
  const one = { layer: name, channels: keepChannels(channels, [channel]) };
  const hasPositions = layer.height !== undefined && position !== undefined;
  return hasPositions ? { ...one, positions: keepChannels(height * width, [position]) } : one;
}

function sumRows(relevance: Float32Array, rows: number, channels: number): readonly Float32Array[] {
  const length = relevance.length / rows;
  return Array.from({ length: rows }, (_, row) =>
    sumOverColor(relevance.subarray(row * length, (row + 1) * length), channels),
  );
}

/** The row of the condition stands behind the one without. */
const lastRow = ({ sums, channels }: ConceptReading): Float32Array => sums.slice(sums.length - channels);
