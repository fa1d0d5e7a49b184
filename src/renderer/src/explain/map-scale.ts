import { findRange, type ValueRange } from '#shared/render-heatmap.ts';
import { formatRelevance } from '#shared/format-relevance.ts';
import type { Explanation } from './use-explanation.ts';
import type { RelevanceMap } from '../reading/load-map.ts';

/** A map whose values above zero are evidence for the class. */
export function toEvidence({ map, attribution }: Explanation): RelevanceMap | undefined {
  if (!map || attribution?.turned !== true) return map;
  return { ...map, values: map.values.map((value) => -value) };
}

/** One scale for all maps that are here: from zero where none has values below it. */
export function findOneScale(explanations: readonly Explanation[]): ValueRange | undefined {
  const maps = explanations.flatMap((one) => toEvidence(one)?.values ?? []);
  if (maps.length === 0) return undefined;
  const hasSign = maps.some((values) => values.some((value) => value < 0));
  return findRange(maps, hasSign ? 'symmetric' : 'from-zero');
}

/** `One scale: −0.1 to 0.1` */
export function describeScale(range: ValueRange | undefined): string {
  return range
    ? `One scale: ${formatRelevance(range[0])} to ${formatRelevance(range[1])}`
    : 'Each map on its own scale';
}
