/** Numbers that say whether a map of relevance can be trusted at a glance. */
export interface RelevanceSummary {
  readonly sum: number;
  readonly absoluteSum: number;
  readonly min: number;
  readonly max: number;
  /**
   * Largest magnitude over the sum of magnitudes, 0 to 1. Near 1 a single value carries everything: a sign that shares of a
   * residual sum blew up where its branches nearly cancelled.
   */
  readonly peakShare: number;
}

export function summarizeRelevance(values: Float32Array): RelevanceSummary {
  let [sum, absoluteSum, min, max] = [0, 0, Infinity, -Infinity];
  for (const value of values) {
    sum += value;
    absoluteSum += Math.abs(value);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const peakShare = absoluteSum > 0 ? Math.max(-min, max) / absoluteSum : 0;
  return { sum, absoluteSum, min, max, peakShare };
}
