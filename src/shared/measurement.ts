/** A number, or NaN with the reason why there is none. */
export type Measurement = { readonly value: number } | { readonly value: number; readonly reason: string };

export const measured = (value: number): Measurement => ({ value });

export const undefinedBecause = (reason: string): Measurement => ({ value: NaN, reason });

/** A number computed from another; undefined for the same reason. */
export const mapMeasurement = (measurement: Measurement, compute: (value: number) => number): Measurement =>
  'reason' in measurement ? measurement : { value: compute(measurement.value) };

export const reasonOf = (measurement: Measurement): string | undefined =>
  'reason' in measurement ? measurement.reason : undefined;

/** The number, undefined where there is none. */
export const definedOf = (measurement: Measurement): number | undefined =>
  'reason' in measurement ? undefined : measurement.value;
