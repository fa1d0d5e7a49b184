/** Lists of samples as SQL. */
import { shareOf } from './concept-values.ts';
import {
  checkOffset,
  limitOf,
  type SampleListRequest,
  type SampleOrder,
  type SamplePageRequest,
} from './page-request.ts';
import { sources, type FilterSql, type Source } from './sample-filter.ts';

export const orders: Readonly<Record<SampleOrder, { readonly source: Source; readonly value: string }>> = {
  path: { source: 's', value: 's.path' },
  confidence: { source: 'p', value: 'p.confidence' },
  sum: { source: 'a', value: 'a.sum' },
  share: { source: 'c', value: shareOf('c') },
  place: { source: 's', value: '(SELECT place FROM queue_samples WHERE queue_id = @queue AND sample_id = s.id)' },
};

export interface PageSql {
  readonly limit: number;
  readonly offset: number;
}

/** The ids alone: found in an index, so that rows are fetched for one page and not for those passed over. */
export function writePage(
  request: SamplePageRequest,
  filter: FilterSql,
  { limit = limitOf(request), offset = checkOffset(request.offset ?? 0) }: Partial<PageSql>,
): { sql: string; parameters: object } {
  const { sort = 'path', descending = false, after } = request;
  const { source, value } = orders[sort];
  const { id } = sources[source];
  const direction = descending ? 'DESC' : 'ASC';
  const where = after ? `${filter.where} AND ${writeBeyond(request, descending)}` : filter.where;
  return {
    sql: `SELECT ${id} AS id FROM ${filter.from} WHERE ${where}
      ORDER BY ${value} ${direction}, ${id} ${direction} LIMIT @limit OFFSET @offset`,
    parameters: { ...filter.parameters, afterValue: after?.value, afterId: after?.id, limit, offset },
  };
}

/** On one side of a cursor in `@afterValue` and `@afterId`. */
export function writeBeyond({ sort = 'path' }: SampleListRequest, isBelow: boolean): string {
  const { source, value } = orders[sort];
  return `(${value}, ${sources[source].id}) ${isBelow ? '<' : '>'} (@afterValue, @afterId)`;
}
