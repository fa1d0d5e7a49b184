/** How far a computed map is from a reference. */
export interface Distance {
  /** Euclidean length of the difference over that of the reference. */
  readonly relativeL2: number;
  /** Largest difference over the largest magnitude of the reference. */
  readonly maxError: number;
}

/** Both arrays have the same length. Where the reference is nothing but zeros, the difference itself is given. */
export function measureDistance(actual: Float32Array, reference: Float32Array): Distance {
  let [squaredDifference, squaredReference, largestDifference, largestReference] = [0, 0, 0, 0];
  for (const [index, expected] of reference.entries()) {
    const difference = Math.abs((actual[index] ?? Number.NaN) - expected);
    squaredDifference += difference ** 2;
    squaredReference += expected ** 2;
    // Math.max would carry a NaN on, and so it must.
    largestDifference = Math.max(largestDifference, difference);
    largestReference = Math.max(largestReference, Math.abs(expected));
  }
  return {
    relativeL2: divide(Math.sqrt(squaredDifference), Math.sqrt(squaredReference)),
    maxError: divide(largestDifference, largestReference),
  };
}

function divide(difference: number, size: number): number {
  return size === 0 ? difference : difference / size;
}
