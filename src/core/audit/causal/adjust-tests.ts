/**
 * Probabilities of many tests, so that of those called at most q a share of q at most is expected to be chance (Benjamini and Hochberg, 1995):
 * p(k) * m / k of the k-th smallest of m, and never more than that of a larger one. What is undefined is no test and stays so.
 */
export function adjustTests(probabilities: readonly (number | undefined)[]): readonly (number | undefined)[] {
  const ranked = probabilities
    .flatMap((p, index) => (p === undefined ? [] : [{ p, index }]))
    .toSorted((a, b) => b.p - a.p);
  const adjusted = new Map<number, number>();
  let least = 1;
  ranked.forEach(({ p, index }, place) => {
    least = Math.min(least, (p * ranked.length) / (ranked.length - place));
    adjusted.set(index, least);
  });
  return probabilities.map((_, index) => adjusted.get(index));
}
