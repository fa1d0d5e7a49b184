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

/** Reads one row of logits, with a label for each class. */
export function readPrediction(logits: Float32Array, labels: readonly string[]): Prediction {
  const probabilities = softmax(logits);
  const classes = Array.from(logits, (logit, index) => {
    return { index, label: labels[index] ?? '', logit, probability: probabilities[index] ?? 0 };
  });
  const index = logits.indexOf(Math.max(...logits));
  return { index, label: labels[index] ?? '', classes };
}

function softmax(logits: Float32Array): readonly number[] {
  const largest = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
