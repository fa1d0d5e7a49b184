/** An eigenvalue and its vector of length 1. */
export interface Eigenpair {
  readonly value: number;
  readonly vector: Float64Array;
}

/** A symmetric matrix by what it does to a vector. */
export interface SymmetricOperator {
  readonly size: number;
  /** Writes the product into `target`. */
  multiply(vector: Float64Array, target: Float64Array): void;
}

export const byValue = (a: Eigenpair, b: Eigenpair): number => a.value - b.value;

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** target += factor * vector. */
export function addScaled(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let at = 0; at < target.length; at++) target[at] = (target[at] ?? 0) + factor * (vector[at] ?? 0);
}
