/** What the engine is asked and what it answers, as its callers see it. Everything here crosses a process boundary. */
import type { Provider, ProviderChoice } from '#shared/providers.ts';
import type { CompileOptions, Composite, LayerType } from '#core/relevance/index.ts';
import type { ConceptReading } from './concept-reading.ts';

export interface OpenRequest {
  readonly modelPath: string;
  /** Where it runs; `auto` by default. */
  readonly provider?: ProviderChoice;
  /** Without one the network only predicts. */
  readonly composite?: Composite;
  /** For models whose picture size is chosen at run time, in pixels. */
  readonly inputSize?: { readonly height: number; readonly width: number };
  /** Layers whose activation or relevance is wanted beside the result. */
  readonly taps?: CompileOptions['taps'];
  /** Layers whose channels can be masked in each run. */
  readonly conditions?: CompileOptions['conditions'];
  /** Layers at which conditioned relevance may begin, for `condition`; needs a shared batch. */
  readonly starts?: CompileOptions['starts'];
  /** False where relevance begins at layers' activations only. */
  readonly fromOutput?: boolean;
  /** Layers of which is told what each channel (concept) carries. */
  readonly concepts?: CompileOptions['concepts'];
  /** `paired` (default): as many pictures as targets. `shared`: one picture, many targets or conditions. */
  readonly batch?: CompileOptions['batch'];
}

export interface LayerSummary {
  /** As in PyTorch where it can be known: layer3.2.conv2. */
  readonly name: string;
  readonly type: LayerType;
  readonly channels: number;
  /** Pixels; undefined behind the flattening. */
  readonly height: number | undefined;
  readonly width: number | undefined;
}

export interface NetworkSummary {
  readonly input: {
    readonly name: string;
    readonly channels: number;
    readonly height: number;
    readonly width: number;
  };
  /** Sizes without the batch; a classifier has one, its number of classes. */
  readonly output: { readonly name: string; readonly sizes: readonly number[] };
  readonly layers: readonly LayerSummary[];
}

/** A model ready to run. Its handle stays good when the engine process had to be started again. */
export interface OpenedModel {
  readonly handle: number;
  readonly network: NetworkSummary;
  readonly provider: Provider;
  /** The graphics adapter's name, where the system tells. */
  readonly adapter: string | undefined;
  /** From the file to a ready session; without starting the process and trying providers. */
  readonly loadMs: number;
  /** What was changed in the network and why a provider was passed over, in sentences. */
  readonly notes: readonly string[];
}

/** What the walk back starts with: 1 at the target, the target's logit there, or given values [rows, ...output sizes]. */
export type InitialRelevance = 'one' | 'logit' | { readonly given: Float32Array };

/** One factor per channel of a conditioned layer: [rows, channels]. Layers left out let everything through. */
export interface ChannelMask {
  readonly layer: string;
  readonly values: Float32Array;
}

export interface PredictRequest {
  readonly handle: number;
  /** [pictures, channels, height, width] */
  readonly images: Float32Array;
}

export interface AttributeRequest extends PredictRequest {
  /** Output index per row, -1 for the predicted one; all predicted by default. Rows are pictures unless the batch is shared. */
  readonly targets?: readonly number[];
  readonly initial?: InitialRelevance;
  readonly masks?: readonly ChannelMask[];
  /** [regions, height, width] of the picture, where the model was opened to sum inside regions; the whole picture if left out. */
  readonly regions?: Float32Array;
}

export interface RunOptions {
  /** Rows computed together; 1 by default. More costs memory, and gains time on graphics adapters and small networks. */
  readonly batchSize?: number;
  /** Called after each batch with rows done and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Looked at between batches. */
  readonly signal?: AbortSignal | undefined;
}

export interface Tap {
  readonly layer: string;
  readonly kind: 'activation' | 'relevance';
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

export interface Prediction {
  /** [pictures, ...output sizes] */
  readonly logits: Float32Array;
  readonly taps: readonly Tap[];
  /** Of the layers the model was opened with, in their order. */
  readonly concepts: readonly ConceptReading[];
  /** Time spent computing, without transfers. */
  readonly milliseconds: number;
}

export interface Attribution extends Prediction {
  /** [rows, channels, height, width] */
  readonly relevance: Float32Array;
  /** The output index each row explains; none for a network that is not a classifier. */
  readonly targets: readonly number[];
}

export interface ModelDescription {
  readonly network: NetworkSummary;
  /** For each composite asked for, the rule of each layer by name: "Epsilon(1e-6)". */
  readonly rules: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly notes: readonly string[];
}

/** Megabytes (2^20 bytes) of memory the engine process holds, pages of the model file included. */
export interface EngineMemory {
  readonly rssMb: number;
  readonly peakRssMb: number;
}
