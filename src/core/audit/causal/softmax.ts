/** Probabilities of the classes from their logits. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const largest = Math.max(...Array.from(logits));
  const powers = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
