/** How far an answer moved: |p(x) - p(Tx)| of one class. */
export const computePredictionDrift = (before: number, after: number): number => Math.abs(before - after);

/** The share of cases whose most probable class changed; NaN of none. */
export function computeFlipRate(cases: readonly { readonly before: number; readonly after: number }[]): number {
  return cases.filter(({ before, after }) => before !== after).length / cases.length;
}
