/** Two maps on one grid, height x width row by row, and where they can be compared. */
export interface MapPair {
  readonly width: number;
  readonly height: number;
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** 1 where both show the same place. */
  readonly valid: Uint8Array;
}

/** The values of both maps that are compared. */
export interface ValuePair {
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** Valid values alone, in reading order. */
export function pickValid({ a, b, valid }: MapPair): ValuePair {
  const count = valid.reduce((sum, one) => sum + one, 0);
  const pick = (values: Float32Array): Float64Array => {
    const picked = new Float64Array(count);
    let next = 0;
    for (let at = 0; at < valid.length; at++) if (valid[at] === 1) picked[next++] = values[at] ?? 0;
    return picked;
  };
  return { a: pick(a), b: pick(b) };
}

type Trait = (values: Float64Array) => boolean;

export const isZero: Trait = (values) => values.every((value) => value === 0);
export const isConstant: Trait = (values) => values.every((value) => value === values[0]);

/** Why these values cannot be compared, if so: none is valid, one is not a number, or a map has a trait that leaves nothing to compare. */
export function refuse({ a, b }: ValuePair, words: string, trait: Trait): string | undefined {
  if (a.length === 0) return 'no place is valid in both maps';
  if (!a.every(Number.isFinite) || !b.every(Number.isFinite)) return 'a map holds values that are not finite';
  const [first, second] = [trait(a), trait(b)];
  if (first && second) return `both maps are ${words}`;
  if (first) return `the first map is ${words}`;
  return second ? `the second map is ${words}` : undefined;
}
