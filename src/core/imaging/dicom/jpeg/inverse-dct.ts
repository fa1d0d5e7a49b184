/** Half a cosine wave each: basis[u * 8 + x] = c(u) / 2 * cos((2x + 1) u pi / 16), c(0) = 1 / sqrt 2, else 1. */
const basis = Float64Array.from({ length: 64 }, (_, at) => {
  const [u, x] = [at >> 3, at & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

export interface DctTarget {
  /** Where the block's first sample stands. */
  readonly samples: Uint16Array;
  /** Samples from one row to the next. */
  readonly stride: number;
  readonly precision: number;
}

const rows = new Float64Array(64);

/** Inverse DCT of an 8 x 8 block, row by row (ITU-T T.81 section A.3.3), shifted up by half the range and clamped. */
export function writeInverseDct(coefficients: Float64Array, { samples, stride, precision }: DctTarget): void {
  const [middle, white] = [2 ** (precision - 1), 2 ** precision - 1];
  transformRows(coefficients);
  for (let x = 0; x < 8; x++) {
    for (let y = 0; y < 8; y++) {
      let sum = middle;
      for (let v = 0; v < 8; v++) sum += (rows[v * 8 + x] ?? 0) * (basis[v * 8 + y] ?? 0);
      samples[y * stride + x] = Math.min(white, Math.max(0, Math.round(sum)));
    }
  }
}

function transformRows(coefficients: Float64Array): void {
  for (let v = 0; v < 64; v += 8) {
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let u = 0; u < 8; u++) sum += (coefficients[v + u] ?? 0) * (basis[u * 8 + x] ?? 0);
      rows[v + x] = sum;
    }
  }
}
