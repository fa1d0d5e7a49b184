/** erfc(x) for x >= 0, to 1e-12: its series near 0, its continued fraction beyond (Abramowitz and Stegun 7.1.5, 7.1.14). */
export function complementaryError(x: number): number {
  if (x < 2) {
    let [term, sum] = [x, x];
    for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
      term *= (-x * x * (2 * k - 1)) / (k * (2 * k + 1));
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let k = 60; k > 0; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}
