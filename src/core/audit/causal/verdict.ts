import type { RegionVerdict } from '#shared/region-verdicts.ts';
import type { ClassEffect } from './net-effect.ts';
import type { AuditThresholds } from './thresholds.ts';

export interface VerdictQuestion {
  /** Of relevance of either sign in what is taken away; undefined where the map holds none. */
  readonly enrichment: number | undefined;
  /** On every scale. */
  readonly effects: readonly ClassEffect[];
  readonly controls: number;
}

/**
 * The verdict grid for one class. An effect counts on either scale: where a mark speaks for several classes at once, their logits fall
 * together and no probability moves.
 */
export function judgeVerdict(
  { enrichment, effects, controls }: VerdictQuestion,
  thresholds: AuditThresholds,
): RegionVerdict {
  const isUndecided = effects.length === 0 || effects.some(({ finding }) => finding === 'contrary');
  if (controls < thresholds.controls || enrichment === undefined || isUndecided) return 'inconclusive';
  const isRelevant = enrichment >= thresholds.enrichment;
  const isEffective = effects.some(({ finding }) => finding === 'present');
  if (isEffective) return isRelevant ? 'shortcut used' : 'map misses it';
  return isRelevant ? 'redundant or unfaithful map' : 'not used';
}

/** Of all classes, the one that says most: a shortcut for any class is a shortcut. */
export function joinVerdicts(verdicts: readonly RegionVerdict[]): RegionVerdict {
  const order: readonly RegionVerdict[] = [
    'shortcut used',
    'inconclusive',
    'map misses it',
    'redundant or unfaithful map',
  ];
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'not used';
}
