/** A number, or NaN with the reason why there is none. */
export type Measurement = { readonly value: number } | { readonly value: number; readonly reason: string };

export const measured = (value: number): Measurement => ({ value });

export const undefinedBecause = (reason: string): Measurement => ({ value: NaN, reason });

export const reasonOf = (measurement: Measurement): string | undefined =>
  'reason' in measurement ? measurement.reason : undefined;
