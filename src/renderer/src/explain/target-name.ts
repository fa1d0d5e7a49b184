import type { Subject } from './use-explaining.ts';

/** The class that is explained, as the model calls it. */
export function nameTarget({ model, target }: Subject): string {
  if (target === 'predicted') return 'what it predicts';
  return nameClass(model.labels, target);
}

export const nameClass = (labels: readonly string[], index: number): string => labels[index] ?? `class ${index}`;
