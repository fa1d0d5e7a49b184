import type { OpenedModel } from '#core/engine/index.ts';
import type { InputRecipe, ModelView, PictureFormat, ShownPart } from '#core/imaging/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import type { Provider } from '#shared/providers.ts';
import type { HeatmapLook } from './heatmap-look.ts';
import type { ModelRecord } from './model-file.ts';
import type { ClassPrediction, Prediction } from './prediction.ts';
import type { RelevanceSummary } from './relevance-summary.ts';
import type { Versions } from './versions.ts';

/** Everything that must be known to make a heatmap again and to judge it: the JSON beside it. */
export interface ExplanationRecord {
  /** The form of this record; a change that breaks readers raises it. */
  readonly format: 'relevance-lightbox/explanation/1';
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly versions: Versions;
  readonly model: ModelRecord;
  readonly picture: PictureRecord;
  readonly preprocessing: {
    /** `default`: nobody said how pictures are prepared, and torchvision's way was assumed. */
    readonly source: 'file' | 'default';
    readonly recipe: InputRecipe;
    /** The part of the picture the model sees, in the picture's pixels. */
    readonly region: ModelView['region'];
    /** Frame and window of a DICOM picture, where they were chosen. */
    readonly shown?: ShownPart;
  };
  readonly prediction: Prediction;
  readonly target: ClassPrediction & { readonly isPredicted: boolean };
  /** What the walk back started with: 1 at the target or the target's logit. */
  readonly initialRelevance: 'one' | 'logit';
  /** With all its parameters, and the rule it gives each layer. */
  readonly composite: Composite & { readonly rules: Readonly<Record<string, string>> };
  readonly computation: {
    readonly provider: Provider;
    readonly adapter: string | undefined;
    /** Pictures asked to be computed together. */
    readonly batchSize: number;
    /** For the picture's whole batch. */
    readonly milliseconds: number;
  };
  /** Of the whole map, all color channels. */
  readonly relevance: RelevanceSummary;
  readonly layers: readonly LayerRecord[];
  readonly look: HeatmapLook;
  /** File names in the folder of this record. */
  readonly files: {
    readonly heatmap: string;
    readonly overlay: string;
    /** [channels, height, width] */
    readonly relevance: string;
  };
  /** What a careful reader would question. */
  readonly warnings: readonly string[];
  /** What was changed in the network before relevance was computed. */
  readonly notes: OpenedModel['notes'];
}

export interface PictureRecord {
  /** Its place among the pictures asked for, from 1. */
  readonly position: number;
  /** Only where names are kept: a file name may say who is in the picture. */
  readonly name?: string;
  readonly sha256: string;
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly channels: number;
}

/** A layer whose arrays were asked for. */
export interface LayerRecord {
  readonly name: string;
  /** Channels, height, width; channels alone behind the flattening. */
  readonly dims: readonly number[];
  readonly relevance: RelevanceSummary & { readonly file: string };
  readonly activation: { readonly file: string };
}
