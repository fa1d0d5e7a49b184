/** What the model says about one picture. */
export interface Prediction {
  /** Index of the largest logit. */
  readonly index: number;
  readonly label: string;
  readonly classes: readonly ClassPrediction[];
}

export interface ClassPrediction {
  readonly index: number;
  readonly label: string;
  readonly logit: number;
  /** Softmax of the logits. */
  readonly probability: number;
}

/** Reads one row of logits; classes without a label are called by their index. */
export function readPrediction(logits: Float32Array, labels: readonly string[]): Prediction {
  const probabilities = softmax(logits);
  const classes = Array.from(logits, (logit, index) => ({
    ...{ index, label: labelOf(index, labels), logit },
    probability: probabilities[index] ?? 0,
  }));
  const index = logits.indexOf(Math.max(...logits));
  return { index, label: labelOf(index, labels), classes };
}

export function labelOf(index: number, labels: readonly string[]): string {
  return labels[index] ?? String(index);
}

function softmax(logits: Float32Array): readonly number[] {
  const largest = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
