/** What a reader thinks of a case: nothing wrong with it, not sure, or something the model should not look at. */
export const verdicts = ['clean', 'unsure', 'suspicious'] as const;
export type Verdict = (typeof verdicts)[number];

/** What a reader thinks of a model's answer: the same, another one, or the same but for a reason that does not count. */
export const opinions = ['agree', 'disagree', 'wrong-reason'] as const;
export type Opinion = (typeof opinions)[number];
