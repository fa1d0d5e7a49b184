import { SHARE_STABILIZER } from '#core/catalog/index.ts';

/** Places of the values from the highest to the lowest; equal values keep their order. */
export function rankDescending(values: ArrayLike<number>): readonly number[] {
  return Array.from(values, (_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
}

/** Each over the sum of all absolute values, as zennit-crp normalises. */
export function shareOfAll(values: Float32Array): Float64Array {
  const total = sumAbsolute(values) + SHARE_STABILIZER;
  return Float64Array.from(values, (value) => value / total);
}

export function sumAbsolute(values: Float32Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}

export function sumOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
