import type { ConceptLayer } from '#core/catalog/index.ts';
import type { Composite } from '#core/relevance/index.ts';
import type { ConceptStatistics, StatisticsRequest } from './concept-statistics.ts';
import type { ReadDataset } from './read-concepts.ts';
import type { Ranking } from './reference-request.ts';

/** A concept and how it stands over the dataset. */
export interface RankedConcept {
  readonly layer: ConceptLayer;
  readonly statistics: ConceptStatistics;
}

/** All that the figures and reports of a request are made from. */
export interface RankedDataset {
  readonly read: ReadDataset;
  readonly ranking: Ranking;
  readonly composite: Composite;
  readonly isInverted: StatisticsRequest['isInverted'];
  /** Pictures that are ranked, and those among them whose label has a negative logit. */
  readonly pictures: number;
  readonly negativeLogits: number;
  readonly concepts: readonly RankedConcept[];
}
