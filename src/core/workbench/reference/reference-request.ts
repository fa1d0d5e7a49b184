import type { FigureThemeName } from '#core/figures/index.ts';
import type { ProviderChoice } from '#shared/providers.ts';

/** How the samples of a concept are put in order. */
export interface Ranking {
  /** Relevance for the sample's own label (RelMax), or the layer's raw output (ActMax). */
  readonly by: 'relevance' | 'activation';
  /** A channel's sum over positions, or its highest value. */
  readonly sum: 'sum' | 'max';
  /** Divided by the sum of all channels' magnitudes on the picture. */
  readonly normalised: boolean;
}

export interface ReferenceRequest {
  readonly dataset: string;
  readonly modelPath: string;
  /** All splits when not given. */
  readonly split?: string | undefined;
  /** `all` (default): convolutions, linear layers and the sums that end residual blocks; or some of these by name. */
  readonly layers?: readonly string[] | undefined;
  /** Relevance, summed and normalised, when not given. */
  readonly ranking?: Partial<Ranking> | undefined;
  /** Reference samples of each class as well. */
  readonly perClass?: boolean | undefined;
  /** One by name or JSON file; EpsilonPlusFlat when not given. */
  readonly composite?: string | undefined;
  /** Concepts shown of each layer where none are named; 3 by default. */
  readonly top?: number | undefined;
  /** `LAYER:CHANNEL`, each with a page of its own. */
  readonly concepts?: readonly string[] | undefined;
  /** Which samples to list by what the named concepts carry; none when not given. */
  readonly carriers?: CarrierFilter | undefined;
  /** What the figures show of a sample. */
  readonly show?: 'masked' | 'heatmap' | undefined;
  /** Figures, arrays and JSON are saved here; nothing is saved when not given. */
  readonly outputFolder?: string | undefined;
  readonly theme?: FigureThemeName | undefined;
  readonly provider?: ProviderChoice | undefined;
  /** Names of the model's outputs in their order; its manifest's when not given. */
  readonly labels?: readonly string[] | undefined;
  /** Pictures that are entered into the catalog together; 8 by default. Each is computed alone, so results do not depend on it. */
  readonly batchSize?: number | undefined;
}

/** Samples looked for by what a concept carries. Everything given must hold. */
export interface CarrierFilter {
  /** More than this share of the layer's relevance, in percent; a negative share speaks against the label. */
  readonly above?: number | undefined;
  /** Less than. */
  readonly below?: number | undefined;
  readonly label?: string | undefined;
  /** The class a prediction in the catalog names. */
  readonly predicted?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Samples listed; 50 by default. All are counted. */
  readonly limit?: number | undefined;
  /** Tell their paths in the dataset. */
  readonly keepNames?: boolean | undefined;
}

/** Kept of every concept, as zennit-crp does. */
export const SAMPLES_KEPT = 40;

export const defaultRanking: Ranking = { by: 'relevance', sum: 'sum', normalised: true };
