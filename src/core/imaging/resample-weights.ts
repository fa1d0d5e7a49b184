/** A resampling filter: how far it reaches at scale 1, and its weight at a distance. */
export interface ResampleFilter {
  readonly support: number;
  readonly weigh: (distance: number) => number;
}

/** Pillow's BILINEAR: a triangle. */
export const triangle: ResampleFilter = {
  support: 1,
  weigh: (distance) => Math.max(0, 1 - Math.abs(distance)),
};

/** Pillow's BICUBIC: Keys' cubic with a = -0.5. */
export const cubic: ResampleFilter = {
  support: 2,
  weigh: (distance) => {
    const a = -0.5;
    const x = Math.abs(distance);
    if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  },
};

/** For each of `count` outputs along an axis: the first input it draws on and the weights of that and the following ones. */
export interface AxisWeights {
  readonly count: number;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  /** count x stride; entries past an output's length are zero. */
  readonly weights: Float64Array;
  readonly stride: number;
  /** Bits of fixed-point precision in `weights`; 0 when they are plain numbers. */
  readonly precisionBits: number;
}

/** Weights of the antialiased filter (widened when shrinking), normalized per output, as in Pillow's precompute_coeffs. */
export function cutWeights(inputLength: number, outputLength: number, filter: ResampleFilter): AxisWeights {
  const scale = inputLength / outputLength;
  const widening = Math.max(scale, 1);
  const support = filter.support * widening;
  const stride = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(outputLength);
  const lengths = new Int32Array(outputLength);
  const weights = new Float64Array(outputLength * stride);
  for (let output = 0; output < outputLength; output++) {
    const center = (output + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - support + 0.5));
    const end = Math.min(inputLength, Math.trunc(center + support + 0.5));
    const row = weights.subarray(output * stride, output * stride + end - start);
    // Multiplied by the inverse, not divided by the widening: the last bit must agree with Pillow.
    const inverse = 1 / widening;
    let sum = 0;
    for (let tap = 0; tap < row.length; tap++) sum += row[tap] = filter.weigh((tap + start - center + 0.5) * inverse);
    if (sum !== 0) for (let tap = 0; tap < row.length; tap++) row[tap] = (row[tap] ?? 0) / sum;
    starts[output] = start;
    lengths[output] = row.length;
  }
  return { count: outputLength, starts, lengths, weights, stride, precisionBits: 0 };
}

/** The weights as whole multiples of 2^-bits, rounded half away from zero. */
export function toFixedPoint(axis: AxisWeights, precisionBits: number): AxisWeights {
  const weights = axis.weights.map((weight) => {
    const scaled = weight * 2 ** precisionBits;
    return Math.trunc(scaled + (scaled < 0 ? -0.5 : 0.5));
  });
  return { ...axis, weights, precisionBits };
}
