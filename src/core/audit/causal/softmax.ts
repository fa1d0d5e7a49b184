/** Probabilities of the classes from their logits. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const largest = Math.max(...Array.from(logits));
  const powers = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** ln(p / (1 - p)) of each class: its logit less the logarithm of the others' summed powers. Of a single output, its logit. */
export function computeLogOdds(logits: ArrayLike<number>): Float64Array {
  const all = Array.from(logits);
  if (all.length < 2) return Float64Array.from(all);
  return Float64Array.from(all, (logit, label) => {
    const others = all.filter((_, other) => other !== label);
    const largest = Math.max(...others);
    return logit - largest - Math.log(others.reduce((sum, other) => sum + Math.exp(other - largest), 0));
  });
}
