import type { FillName } from './fills.ts';
import { computeLogOdds, softmax } from './softmax.ts';
import type { Variant } from './variants.ts';

/**
 * The scales on which a model's answer moves. A logit moves also where all do alike; log-odds, ln(p / (1 - p)), add up what a mark takes from one class and
 * gives to the others; a probability says what it comes to.
 */
export const scales = ['logit', 'log-odds', 'probability'] as const;
export type Scale = (typeof scales)[number];

/** What taking something away does to one class, by one fill, on one scale. */
export interface Effect {
  /** Before less after: above zero where what was taken away spoke for the class. */
  readonly removal: number;
  /** The same of each control. */
  readonly controls: readonly number[];
}

export interface FillEffect {
  readonly fill: FillName;
  /** By class. */
  readonly classes: readonly Readonly<Record<Scale, Effect>>[];
}

/** Logits of the picture as it is and of its variants, in their order. */
export interface Answers {
  readonly original: ArrayLike<number>;
  readonly variants: readonly ArrayLike<number>[];
}

/** Removal effect of mark and controls for every class, f_c(x) - f_c(x without it), in logits and in probability (Zeiler and Fergus, 2014). */
export function computeRemovalEffects(
  variants: readonly Pick<Variant, 'fill' | 'removed'>[],
  { original, variants: answers }: Answers,
): readonly FillEffect[] {
  const before = placeOnScales(original);
  const drops = variants.map((variant, index) => {
    const after = placeOnScales(answers[index] ?? []);
    return {
      ...variant,
      drop: (scale: Scale, label: number) => (before[scale][label] ?? 0) - (after[scale][label] ?? 0),
    };
  });
  const names = [...new Set(variants.map(({ fill }) => fill))];
  return names.map((fill) => {
    const own = drops.filter((one) => one.fill === fill);
    const effectOf = (scale: Scale, label: number): Effect => ({
      removal: own.find(({ removed }) => removed === 'mark')?.drop(scale, label) ?? NaN,
      controls: own.flatMap(({ removed, drop }) => (removed === 'mark' ? [] : [drop(scale, label)])),
    });
    const classes = Array.from(before.logit, (_, label) => ({
      logit: effectOf('logit', label),
      'log-odds': effectOf('log-odds', label),
      probability: effectOf('probability', label),
    }));
    return { fill, classes };
  });
}

function placeOnScales(logits: ArrayLike<number>): Readonly<Record<Scale, Float64Array>> {
  return { logit: Float64Array.from(logits), 'log-odds': computeLogOdds(logits), probability: softmax(logits) };
}
