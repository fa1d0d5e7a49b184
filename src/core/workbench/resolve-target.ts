import { LightboxError } from '#shared/errors.ts';

/** What the engine takes for "whatever the model predicts". */
export const predictedTarget = -1;

/**
 * The class a user means: `predicted`, a label (case does not matter where it is unique), or an index from 0.
 * Throws `target/unknown` naming what there is.
 */
export function resolveTarget(
  text: string,
  { labels, classCount }: { labels: readonly string[]; classCount: number },
): number {
  if (text === 'predicted') return predictedTarget;
  const exact = labels.indexOf(text);
  if (exact >= 0) return exact;
  const [loose = -1, ...others] = labels.flatMap((label, index) =>
    label.toLowerCase() === text.toLowerCase() ? [index] : [],
  );
  if (loose >= 0 && others.length === 0) return loose;
  if (/^\d+$/.test(text) && Number(text) < classCount) return Number(text);
  throw new LightboxError(
    'target/unknown',
    `The model has no class "${text}"; it has ${describeClasses(labels, classCount)}.`,
  );
}

function describeClasses(labels: readonly string[], classCount: number): string {
  const shown = labels.slice(0, 12).map((label) => `"${label}"`);
  const more = labels.length > shown.length ? ` and ${labels.length - shown.length} more` : '';
  const named = shown.length > 0 ? `the labels ${shown.join(', ')}${more} and ` : '';
  return `${named}the indices 0 to ${classCount - 1}`;
}
