/** What a number is: read by tooltips, documents, reports and the machine-readable bundle. */
export interface Metric {
  readonly name: string;
  /** In the notation of docs/audit.md: R relevance, M a region with coverage a, Ω all pixels, f a logit, p a probability. */
  readonly formula: string;
  /** How to read it, in plain words. */
  readonly meaning: string;
  /** Where it was published; empty where it is ours or everyone's. */
  readonly source: string;
  /** `share` is 0 to 1. */
  readonly unit: string;
  /** When there is no number; empty where there always is one. */
  readonly undefinedWhen: string;
}

interface Rest {
  readonly meaning: string;
  readonly unit: string;
  readonly source?: string;
  readonly undefinedWhen?: string;
}

export const define = (name: string, formula: string, rest: Rest): Metric => ({
  ...{ name, formula, source: '', undefinedWhen: '' },
  ...rest,
});
