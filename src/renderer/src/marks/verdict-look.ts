import type { Verdict } from '#shared/marks/verdict.ts';

interface VerdictLook {
  readonly verdict: Verdict;
  readonly name: string;
  readonly key: string;
}

export const verdictLooks: readonly VerdictLook[] = [
  { verdict: 'clean', name: 'Clean', key: 'Y' },
  { verdict: 'unsure', name: 'Unsure', key: 'U' },
  { verdict: 'suspicious', name: 'Suspicious', key: 'J' },
];
