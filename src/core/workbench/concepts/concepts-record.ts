import type { LayerSummary, OpenedModel } from '#core/engine/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import type { ExplanationRecord } from '../explanation-record.ts';
import type { ModelRecord } from '../model-file.ts';
import type { Prediction } from '../prediction.ts';
import type { Versions } from '../versions.ts';
import type { ConditionMode } from './concepts-request.ts';

/** Everything that must be known to make a concept view again and to judge it: the JSON beside it. */
export interface ConceptsRecord {
  /** The form of this record; a change that breaks readers raises it. */
  readonly format: 'relevance-lightbox/concepts/1';
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly versions: Versions;
  readonly model: ModelRecord;
  readonly picture: ExplanationRecord['picture'];
  readonly preprocessing: ExplanationRecord['preprocessing'];
  readonly prediction: Prediction;
  readonly target: ExplanationRecord['target'];
  readonly initialRelevance: 'one' | 'logit';
  readonly composite: Composite & { readonly rules: Readonly<Record<string, string>> };
  readonly mode: ConditionMode;
  /** Whether relevance below zero speaks for the target, so that figures and rankings turn its sign. */
  readonly turned: boolean;
  readonly computation: Pick<ExplanationRecord['computation'], 'provider' | 'adapter' | 'milliseconds'>;
  /** Of the picture, in the model's input: the part that lies inside, [0, 1]; undefined where no region was given. */
  readonly region: { readonly areaShare: number } | undefined;
  /** From the picture to the output. */
  readonly layers: readonly LayerConcepts[];
  /** How much relevance there is before each layer that combines what is below it, from the output to the picture. */
  readonly budget: readonly LayerBudget[];
  readonly files: {
    /** What all layers show, as pictures. */
    readonly sheet: { readonly pdf: string; readonly png: string; readonly svg: string };
    /** [channels, height, width], under no condition. */
    readonly relevance: string;
  };
  /** What a careful reader would question. */
  readonly warnings: readonly string[];
  /** What was changed in the network before relevance was computed. */
  readonly notes: OpenedModel['notes'];
}

export interface LayerConcepts extends LayerSummary {
  /** Those shown: the strongest for the target first, or those asked for. */
  readonly concepts: readonly ConceptView[];
  /** All channels, from the one that speaks most for the target to the one that speaks most against it. */
  readonly ranking: readonly number[];
  /** Relevance of every channel, its share of the layer, and what lies inside the region, by channel. */
  readonly files: {
    /** [channels] */
    readonly relevance: string;
    /** [shown concepts, channels of the picture, height, width] */
    readonly maps: string;
    /** [channels]: inside the region, on the layer's own grid. */
    readonly inside: string | undefined;
  };
}

export interface ConceptView {
  readonly channel: number;
  /** From 1: its place in the ranking. */
  readonly rank: number;
  /** Summed over the positions of the layer. */
  readonly relevance: number;
  /** relevance over the sum of all channels' absolute values. */
  readonly share: number;
  /** Of its heatmap on the picture: what is left of it, after what biases below have absorbed. */
  readonly mapSum: number;
  readonly inside: InsideRegion | undefined;
}

export interface InsideRegion {
  /** Relevance inside, on the layer's own grid. */
  readonly atLayer: number;
  /** Relevance of the concept's heatmap inside, on the picture. */
  readonly onPicture: number;
  /** onPicture over the sum of the heatmap's absolute values. */
  readonly share: number;
}

/** Relevance at one depth of the network. */
export interface LayerBudget {
  readonly layer: string;
  /** Passes the layer's channels: the sum, and the sum of the channels' absolute values. */
  readonly through: number;
  readonly absolute: number;
  /** Goes round the layer, likewise. */
  readonly round: number;
  readonly roundAbsolute: number;
  /** roundAbsolute / (absolute + roundAbsolute) */
  readonly roundShare: number;
  /** What this layer and the steps below it up to the next in this list keep for themselves: mostly biases. */
  readonly absorbed: number;
}
