import { LightboxError } from '#shared/errors.ts';
import type { SampleFilter } from './sample-filter.ts';

/** `confidence` needs the filter's prediction, `sum` its attribution, `share` its concept, `place` its queue. */
export type SampleOrder = 'path' | 'confidence' | 'sum' | 'share' | 'place';

/** Which samples, and in what order. */
export interface SampleListRequest extends SampleFilter {
  /** Default: path. */
  readonly sort?: SampleOrder | undefined;
  readonly descending?: boolean | undefined;
}

export interface SamplePageRequest extends SampleListRequest {
  /** At most 1000; 200 by default. */
  readonly limit?: number | undefined;
  /** How many to pass over. Costs their counting: to page on, `after` is faster. */
  readonly offset?: number | undefined;
  /** Continue behind the last sample of another page, with everything else the same. */
  readonly after?: PageCursor | undefined;
  /** Setups whose results are told for each sample that has them; those of the filter by default. */
  readonly show?: { readonly prediction?: number | undefined; readonly attribution?: number | undefined } | undefined;
}

export interface PageCursor {
  readonly value: string | number;
  readonly id: number;
}

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 1000;

export function limitOf({ limit = DEFAULT_LIMIT }: SamplePageRequest): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new LightboxError('request/invalid', `A page has 1 to ${MAX_LIMIT} samples, not ${limit}.`);
}

export function checkOffset(offset: number): number {
  if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw new LightboxError('request/invalid', `A page begins at 0 or behind it, not at ${offset}.`);
}

/** From here on it pays to count, and to come from the end where that is nearer. */
const FAR_OFFSET = 1000;

export const isFar = ({ offset = 0 }: SamplePageRequest): boolean => offset >= FAR_OFFSET;

/** What decides which samples are listed, without what decides how. */
export const filterOf = (request: SamplePageRequest): SampleFilter => ({
  ...request,
  ...{ sort: undefined, descending: undefined, limit: undefined, offset: undefined, after: undefined, show: undefined },
});

/** The same text for the same question; numbers that JSON does not have are told apart too. */
export const describeQuestion = (question: object): string =>
  JSON.stringify(question, (_, value: unknown) => (typeof value === 'number' ? String(value) : value));
