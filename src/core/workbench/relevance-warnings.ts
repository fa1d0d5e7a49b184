import type { Prediction } from './prediction.ts';
import type { RelevanceSummary } from './relevance-summary.ts';

const blownUpShare = 0.5;

interface Found {
  readonly prediction: Prediction;
  readonly target: number;
  readonly initial: 'one' | 'logit';
  readonly relevance: RelevanceSummary;
}

/** What the numbers of one explanation should make a reader careful of, in sentences. */
export function findRelevanceWarnings({ prediction, target, initial, relevance }: Found): string[] {
  const logit = prediction.classes[target]?.logit ?? 0;
  const warnings: string[] = [];
  if (initial === 'logit' && logit < 0) {
    warnings.push(
      'The target logit is negative, so every sign of this map is turned round; explain it with --initial one.',
    );
  }
  if (relevance.absoluteSum === 0) {
    warnings.push('No relevance reaches the picture; the map is empty.');
  }
  if (relevance.peakShare > blownUpShare) {
    warnings.push(
      'One pixel carries more than half of all relevance; shares of a residual sum may have blown up there.',
    );
  }
  return warnings;
}
