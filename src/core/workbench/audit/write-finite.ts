/** For JSON, which has no infinities: controls that do not differ at all leave one, and so does the logarithm of no relevance. NaN becomes null. */
export const writeFinite = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && Math.abs(value) === Infinity ? String(value) : value;
