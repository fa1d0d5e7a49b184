/** Why a number does not exist. */
export type UndefinedReason = 'empty region' | 'no positive relevance' | 'no negative relevance' | 'no relevance';

/** A number, or why there is none: an empty region has no share of relevance, and that is not a share of 0. */
export type Measure =
  | { readonly value: number; readonly reason?: undefined }
  | { readonly value?: undefined; readonly reason: UndefinedReason };

/** A number computed from another, undefined for the same reason. */
export const mapMeasure = (measure: Measure, compute: (value: number) => number): Measure =>
  measure.value === undefined ? measure : { value: compute(measure.value) };
