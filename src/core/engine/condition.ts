/** Conditions of Concept Relevance Propagation, as callers of the engine state them (Achtibat et al. 2023). */
import type { ConceptReading } from './concept-reading.ts';
import type { InitialRelevance } from './requests.ts';

/** What may pass a layer: a factor for each channel and for each position (row by row); what is left out passes whole. */
export interface LayerCondition {
  readonly layer: string;
  readonly channels?: Float32Array;
  readonly positions?: Float32Array;
}

/** Relevance that passes all of these, from the output towards the picture; at least one. */
export type Condition = readonly [LayerCondition, ...LayerCondition[]];

/** Of a model opened with `starts` at every layer that is conditioned. */
export interface ConditionRequest {
  readonly handle: number;
  /** One picture, [channels, height, width]. */
  readonly image: Float32Array;
  /** Output index, -1 (default) for the predicted one. */
  readonly target?: number;
  readonly initial?: InitialRelevance;
  /** None gives the unconditioned relevance alone. */
  readonly conditions: readonly Condition[];
  /** [regions, height, width] of the picture, where the model was opened to sum inside regions. */
  readonly regions?: Float32Array;
}

export interface Conditioned {
  /** [classes] */
  readonly logits: Float32Array;
  /** The output explained; undefined where relevance begins at layers only. */
  readonly target: number | undefined;
  /** Relevance under no condition, [channels, height, width]; undefined where relevance begins at layers only. */
  readonly whole: Float32Array | undefined;
  /** [conditions, channels, height, width] */
  readonly relevance: Float32Array;
  /**
   * What the layers' concepts carry: first under no condition, where relevance begins at the output, then one row per condition;
   * zero at layers a condition has nothing to do with.
   */
  readonly concepts: readonly ConceptReading[];
  /** Time spent computing, without transfers. */
  readonly milliseconds: number;
}

/** Factors that let only these channels pass. */
export function keepChannels(count: number, channels: readonly number[]): Float32Array {
  const factors = new Float32Array(count);
  for (const channel of channels) factors[channel] = 1;
  return factors;
}
