import type { Planes } from '#core/imaging/index.ts';
import type { ClassPrediction } from '../prediction.ts';
import type { ModelRecord } from '../model-file.ts';

/** A map before it has colors. */
export interface ComputedMap {
  /** Above zero speaks for the class. */
  readonly values: Float32Array;
  /** Whether the sign was turned for that. */
  readonly turned: boolean;
  /** Whether it says what brighter pixels would do, not what speaks for the class. */
  readonly isGradient: boolean;
  /** Which concept it is of. */
  readonly concept?: { readonly channel: number; readonly share: number } | undefined;
}

export interface ComputedCase {
  readonly title: string;
  readonly note: string;
  /** Of the picture's file. */
  readonly picture: string;
  readonly target: ClassPrediction;
  readonly predicted: { readonly index: number; readonly label: string };
  readonly className: string;
  readonly prediction: string;
  /** What the model sees; undefined where the picture cannot be changed so. */
  readonly planes: Planes | undefined;
  /** In the order of the panel's rows. */
  readonly maps: readonly (ComputedMap | undefined)[];
}

export interface ComputedPanel {
  readonly model: ModelRecord;
  readonly heading: string;
  readonly rows: readonly string[];
  readonly cases: readonly ComputedCase[];
  readonly provider: string;
}
