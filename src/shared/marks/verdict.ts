/** What a reader thinks of a case: nothing wrong with it, not sure, or something the model should not look at. */
export const verdicts = ['clean', 'unsure', 'suspicious'] as const;
export type Verdict = (typeof verdicts)[number];
