import type { Explaining } from './use-explaining.ts';
import type { Explanation } from './explanation.ts';

export interface LayoutProps {
  readonly explaining: Explaining;
  /** Of the composite and model looked at. */
  readonly explanation: Explanation;
}
