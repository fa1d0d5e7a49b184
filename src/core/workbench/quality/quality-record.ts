import type { MeanWithInterval, Measurement } from '#core/audit/index.ts';
import type { CompositeCaution } from '#shared/composite-cautions.ts';
import type { ErrorRecord } from '#shared/errors.ts';
import type { ModelRecord } from '../model-file.ts';
import type { QualityName } from '#shared/metrics/index.ts';
import type { Versions } from '../versions.ts';

export interface PictureQuality {
  /** Place among the pictures, from 1. */
  readonly position: number;
  readonly sha256: string;
  /** Class explained, and the one it is told apart from. */
  readonly target: string;
  readonly other: string;
  readonly measures: Readonly<Record<QualityName, Measurement>>;
  /** Areas under the curves of random orders less their mean: the band in which a gain says nothing. */
  readonly randomGains: readonly number[];
}

/** The model with the weights of its last layers shuffled. */
export interface RandomizationStep {
  /** Layers whose weights were shuffled, counted from the logits, and all there are. */
  readonly shuffled: number;
  readonly layers: number;
  readonly spearman: MeanWithInterval;
  readonly ssim: MeanWithInterval;
  /** Why there is no number, where there is none. */
  readonly reason?: string;
}

/** What can be said of maps by one composite from one model. */
export interface QualityCard {
  readonly composite: string;
  readonly caution: CompositeCaution | undefined;
  readonly pictures: readonly PictureQuality[];
  readonly means: Readonly<Record<QualityName, MeanWithInterval>>;
  readonly randomization: readonly RandomizationStep[];
  /** Mean SSIM of maps of different pictures: below it a shuffled model's map must fall (Arun et al., 2021). */
  readonly pairSsim: Measurement;
  /** Undefined where it cannot be decided. */
  readonly passesRandomization: boolean | undefined;
  readonly sentences: readonly string[];
}

export interface QualityRecord {
  readonly format: 'relevance-lightbox/quality/1';
  readonly created: string;
  readonly versions: Versions;
  readonly model: ModelRecord & { readonly name: string };
  readonly dataset?: string;
  readonly split?: string;
  readonly seed: number;
  readonly averageShifts: boolean;
  readonly cards: readonly QualityCard[];
}

export interface QualityReport extends QualityRecord {
  readonly failures: readonly { readonly position: number; readonly error: ErrorRecord }[];
  readonly files: readonly string[];
}
