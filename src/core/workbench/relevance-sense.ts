import type { SignMeaning } from '#core/relevance/index.ts';

/** How figures show relevance so that above zero always means the same: evidence for the class, or what would raise it. */
export interface RelevanceSense {
  readonly effect: 'evidence' | 'gradient';
  /** Whether the sign must be turned for that. */
  readonly turned: boolean;
}

export interface SenseQuestion {
  readonly meaning: SignMeaning;
  readonly initialRelevance: 'one' | 'logit';
  readonly logit: number;
}

/**
 * Relevance above zero speaks for the class unless exactly one of two things is negative: what relevance started from (the logit), and
 * what it was shared in proportion to (the logit again, under Epsilon and its like).
 */
export function senseRelevance({ meaning, initialRelevance, logit }: SenseQuestion): RelevanceSense {
  const startsNegative = initialRelevance === 'logit' && logit < 0;
  const sharesNegative = meaning === 'evidence-of-logit' && logit < 0;
  return { effect: meaning === 'gradient' ? 'gradient' : 'evidence', turned: startsNegative !== sharesNegative };
}
