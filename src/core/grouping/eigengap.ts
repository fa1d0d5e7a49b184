/** Gaps between each eigenvalue and the next; the first is between the first and the second. */
export const listGaps = (values: readonly number[]): readonly number[] =>
  values.slice(1).map((value, at) => value - (values[at] ?? 0));

/**
 * The eigengap rule (von Luxburg 2007, section 8.3): as many groups as there are eigenvalues before the widest gap, among 2 to `most`. Of equal
 * gaps the first.
 */
export function chooseCount(values: readonly number[], most: number): number {
  const gaps = listGaps(values);
  let [chosen, widest] = [2, -Infinity];
  for (let count = 2; count <= Math.min(most, gaps.length); count++) {
    const gap = gaps[count - 1] ?? -Infinity;
    // Rounding must not decide between gaps of the same width.
    if (gap > widest + 1e-9) [chosen, widest] = [count, gap];
  }
  return chosen;
}
