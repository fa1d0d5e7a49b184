export interface TensorStatistics {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

export function computeStatistics(tensor: Float32Array): TensorStatistics {
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (const value of tensor) {
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  return { min, mean: sum / tensor.length, max };
}
