import type { LabelledCases } from './cross-validate.ts';
import type { TrivialFeature } from './trivial-feature.ts';

/** What features that know nothing of the disease are asked. */
export interface LabelQuestion extends LabelledCases {
  readonly features: readonly TrivialFeature[];
  /** Where each case comes from; undefined where nobody says. */
  readonly sources: readonly string[] | undefined;
  readonly seed: number;
  /** Places of the cases that regressions are fitted to and judged by; all when not given. */
  readonly fitted?: readonly number[] | undefined;
}
