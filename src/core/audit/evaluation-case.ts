/** One sample with the dataset's answer and the model's. */
export interface EvaluationCase {
  /** Names the sample within its dataset; only `predictions.csv` shows it. */
  readonly id: string;
  /** Index of the sample's label among the labels. */
  readonly truth: number;
  /** One probability for each label, 0 to 1. */
  readonly probabilities: ArrayLike<number>;
  /** Cases of one patient stand or fall together in resampling; never written anywhere. */
  readonly patient?: string | undefined;
}
