/** What counts, declared before anything is measured and written into every record. */
export interface AuditThresholds {
  /** Least net effect on a class's probability. */
  readonly probability: number;
  /** Least net effect on a class's logit. */
  readonly logit: number;
  /** Least net effect on a class's log-odds: 0.5 turns odds by a factor of 1.65. */
  readonly 'log-odds': number;
  /** Least net effect in standard deviations of the controls'. */
  readonly deviations: number;
  /** Least enrichment of relevance, of either sign, in what is taken away. */
  readonly enrichment: number;
  /** Controls below which nothing is concluded. */
  readonly controls: number;
}

export const declaredThresholds: AuditThresholds = {
  probability: 0.05,
  logit: 0.5,
  'log-odds': 0.5,
  deviations: 3,
  enrichment: 2,
  controls: 3,
};
