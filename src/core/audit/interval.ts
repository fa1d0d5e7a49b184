/** Where a number would lie, had the samples been drawn anew. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Resamples it rests on: those in which the number is defined. */
  readonly draws: number;
}

/**
 * The central part of the drawn values, ends interpolated between neighbours (Hyndman and Fan, 1996, definition 7).
 * @param draws NaN stands for a resample in which the number is not defined.
 * @returns undefined when it is defined in none.
 */
export function computePercentileInterval(draws: Float64Array, level: number): Interval | undefined {
  const sorted = draws.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return undefined;
  const tail = (1 - level) / 2;
  return { low: findQuantile(sorted, tail), high: findQuantile(sorted, 1 - tail), draws: sorted.length };
}

function findQuantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? 0;
  return below + (above - below) * (position - Math.floor(position));
}

/** The normal quantile that leaves 2.5 % on each side. */
const Z_95 = 1.959963984540054;

/** 95 % interval of a share by Wilson's score (Wilson, 1927), sound for few cases and for shares of 0 and 1. */
export function computeWilsonInterval(successes: number, trials: number): Pick<Interval, 'low' | 'high'> {
  const share = successes / trials;
  const z2 = Z_95 ** 2 / trials;
  const center = (share + z2 / 2) / (1 + z2);
  const reach = Math.sqrt(z2 * (share * (1 - share) + z2 / 4)) / (1 + z2);
  return { low: Math.max(0, center - reach), high: Math.min(1, center + reach) };
}
