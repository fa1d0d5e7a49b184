import type { Opinion, Verdict } from '#shared/marks/verdict.ts';

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

interface OpinionLook {
  readonly opinion: Opinion;
  readonly name: string;
  readonly key: string;
}

/** Of what the model says, once it is seen. */
export const opinionLooks: readonly OpinionLook[] = [
  { opinion: 'agree', name: 'Agree', key: 'Shift+Y' },
  { opinion: 'wrong-reason', name: 'Right, wrong reason', key: 'Shift+U' },
  { opinion: 'disagree', name: 'Disagree', key: 'Shift+J' },
];
