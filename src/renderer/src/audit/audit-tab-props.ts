import type { Overview } from '#shared/contract/overview.ts';
import type { SampleList } from '#shared/contract/samples.ts';

/** What every part of the audit over a list is given. */
export interface AuditTabProps {
  readonly overview: Overview;
  readonly list: SampleList;
}
