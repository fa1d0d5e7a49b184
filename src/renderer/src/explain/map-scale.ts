import { formatRelevance } from '#shared/format-relevance.ts';
import { findRange, type ValueRange } from '#shared/render-heatmap.ts';
import type { RelevanceMap } from '../reading/load-map.ts';
import type { ScaleChoice } from './explain-state.ts';
import type { Explanation } from './explanation.ts';

/** A map whose values above zero are evidence for the class. */
export function toEvidence({ map, attribution }: Pick<Explanation, 'map' | 'attribution'>): RelevanceMap | undefined {
  if (!map || attribution?.turned !== true) return map;
  return { ...map, values: map.values.map((value) => -value) };
}

/** Values as shares of all relevance of their map, for and against together: maps of any units and models on one scale. */
export function toShares(explanation: Explanation): Explanation {
  const { map } = explanation;
  if (!map) return explanation;
  const all = map.values.reduce((sum, value) => sum + Math.abs(value), 0);
  return all === 0 ? explanation : { ...explanation, map: { ...map, values: map.values.map((value) => value / all) } };
}

/** One scale for all maps that are here: from zero where none has values below it. None where each has its own. */
export function findOneScale(scale: ScaleChoice, explanations: readonly Explanation[]): ValueRange | undefined {
  const maps = explanations.flatMap((one) => toEvidence(one)?.values ?? []);
  if (scale === 'own' || maps.length === 0) return undefined;
  const hasSign = maps.some((values) => values.some((value) => value < 0));
  return findRange(maps, hasSign ? 'symmetric' : 'from-zero');
}

/** `One scale: −0.1 to 0.1` */
export function describeScale(scale: ScaleChoice, range: ValueRange | undefined): string {
  if (scale === 'own' || !range) return 'Each map on its own scale.';
  if (scale === 'values') return `One scale: ${formatRelevance(range[0])} to ${formatRelevance(range[1])}.`;
  const [low, high] = range.map((value) => `${formatRelevance(100 * value)}%`);
  return `One scale: ${low} to ${high} of a map's relevance in a pixel.`;
}
