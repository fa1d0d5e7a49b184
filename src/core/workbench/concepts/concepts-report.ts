import type { ErrorRecord } from '#shared/errors.ts';
import type { ConceptsRecord } from './concepts-record.ts';

export interface ConceptsReport {
  readonly views: readonly ConceptsRecord[];
  /** Pictures that could not be read; the others are not held up by them. */
  readonly failures: readonly { readonly picture: string; readonly error: ErrorRecord }[];
}
