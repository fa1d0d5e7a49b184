import type { MapDistances, MapMeasure, MeanWithInterval, Measurement } from '#core/audit/index.ts';
import type { Variant } from '#core/imaging/index.ts';
import type { ErrorRecord } from '#shared/errors.ts';
import type { ModelRecord } from '../model-file.ts';
import type { ClassPrediction } from '../prediction.ts';
import type { Versions } from '../versions.ts';

/** One variant of one picture, compared with the unchanged picture. */
export interface VariantRecord {
  /** Name, parameters, seed. */
  readonly id: string;
  /** Why there is no result, if so; then nothing below is there, and every measure is without value. */
  readonly reason?: string;
  /** What chance decided. */
  readonly drawn?: Readonly<Record<string, number>>;
  readonly predicted?: Pick<ClassPrediction, 'index' | 'label'>;
  /** Of the class explained. */
  readonly target?: Pick<ClassPrediction, 'logit' | 'probability'>;
  /** |p - p'| of the class explained. */
  readonly drift?: number;
  /** Whether another class is predicted. */
  readonly flipped?: boolean;
  /** Whether the logit explained changed its sign: maps that are not turned by it then swap their colors. */
  readonly logitChangedSign?: boolean;
  /** Part of the picture in which the maps are compared. */
  readonly validShare?: number;
  readonly distances: MapDistances;
  /** Strength of the map's checker pattern. */
  readonly checker: Measurement;
}

export interface StudiedPicture {
  /** Its place among the pictures, from 1. */
  readonly position: number;
  /** Only where names are kept. */
  readonly name?: string;
  readonly sha256: string;
  /** The dataset's own answer. */
  readonly label?: string;
}

/** One picture explained by one model and composite, unchanged and changed. */
export interface PictureStudy {
  readonly picture: StudiedPicture;
  /** Place in the record's models. */
  readonly model: number;
  readonly composite: string;
  readonly predicted: Pick<ClassPrediction, 'index' | 'label'>;
  /** The class explained in all variants. */
  readonly target: ClassPrediction;
  readonly checker: Measurement;
  readonly variants: readonly VariantRecord[];
  /** Time the engine computed for all of it. */
  readonly milliseconds: number;
}

export interface VariantSummary {
  readonly model: number;
  readonly composite: string;
  /** Undefined: over all variants, each picture counting by its mean. */
  readonly variant: string | undefined;
  readonly measures: Readonly<Record<MapMeasure, MeanWithInterval>>;
  readonly drift: MeanWithInterval;
  readonly flipRate: MeanWithInterval;
  readonly logitSignChanges: MeanWithInterval;
}

/** Two models on the same pictures and variants: the mean of the first's measure less the second's. */
export interface ModelComparison {
  readonly models: readonly [number, number];
  readonly composite: string;
  readonly measure: MapMeasure;
  readonly difference: MeanWithInterval;
  /** The place of the steadier one; undefined where the interval holds zero or there is none. */
  readonly steadier: number | undefined;
  readonly sentence: string;
}

export interface RobustnessRecord {
  readonly format: 'relevance-lightbox/robustness/1';
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly versions: Versions;
  readonly dataset?: string;
  readonly split?: string;
  readonly models: readonly (ModelRecord & { readonly name: string })[];
  readonly composites: readonly string[];
  readonly variants: readonly (Variant & { readonly id: string })[];
  readonly seed: number;
  /** True: every map is the mean over four one-pixel shifts of the input, moved back. */
  readonly averageShifts: boolean;
  readonly studies: readonly PictureStudy[];
  readonly summaries: readonly VariantSummary[];
  readonly comparisons: readonly ModelComparison[];
}

export interface RobustnessReport extends RobustnessRecord {
  readonly failures: readonly { readonly position: number; readonly error: ErrorRecord }[];
  /** Names in the output folder. */
  readonly files: readonly string[];
  readonly seconds: number;
}
