import type { LayoutProps } from './layout-props.ts';
import type { Subject } from './use-explaining.ts';
import type { Explanation } from './explanation.ts';

/** The class that is explained, as the model calls it. */
export function nameTarget({ model, target }: Subject): string {
  if (target === 'predicted') return 'what it predicts';
  return nameClass(model.labels, target);
}

export const nameClass = (labels: readonly string[], index: number): string => labels[index] ?? `class ${index}`;

/** A heatmap and the class its color bar names; no name where it is not known which color speaks for it. */
export function nameEvidence({ explaining, explanation }: LayoutProps): {
  readonly explanation: Explanation;
  readonly target: string | undefined;
} {
  const { attribution } = explanation;
  const isKnown = attribution?.turned !== undefined;
  return {
    explanation,
    target: isKnown ? nameClass(explaining.subject.model.labels, attribution.target) : undefined,
  };
}
