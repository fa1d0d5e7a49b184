import type { ReadableDatabase } from './database/database.ts';
import { createFilterWriter } from './filter-writer.ts';
import { keepUntilChanged } from './kept-lists.ts';
import { orders, writePage, type PageSql } from './list-sql.ts';
import { describeQuestion, filterOf, isFar, type PageCursor, type SamplePageRequest } from './page-request.ts';
import { chooseSource, isCrossed, sources, type SampleFilter } from './sample-filter.ts';

/** As the limit of a query. */
const ALL = -1;

/** Lengths of lists that are remembered. */
const KEPT_LENGTHS = 64;

/** Samples by their ids, and how many there are. */
export interface SampleSearch {
  listIds(request: SamplePageRequest): readonly number[];
  /** From the request's offset on, in its order: so many, or all there are. */
  listStretch(request: SamplePageRequest, limit?: number): readonly number[];
  /** Where the list goes on behind a sample that is in it. */
  findCursor(request: SamplePageRequest, id: number | undefined): PageCursor | undefined;
  count(filter: SampleFilter): number;
  /** The ids a filter leaves, in no order. */
  listMembers(filter: SampleFilter): readonly number[];
}

export function createSampleSearch(database: ReadableDatabase): SampleSearch {
  const write = createFilterWriter(database);
  const lengths = keepUntilChanged<number>(database, KEPT_LENGTHS);
  const list = (request: SamplePageRequest, page: Partial<PageSql>): readonly number[] => {
    const { source } = orders[request.sort ?? 'path'];
    const isPrepared = isCrossed(source, request) && (page.limit !== undefined || isFar(request) || isNarrow(request));
    const { sql, parameters } = writePage(request, write(request, { source, purpose: 'list', isPrepared }), page);
    return database.read<[object], { id: number }>(sql).listColumn<number>(parameters);
  };
  return {
    listIds: (request) => list(request, {}),
    listStretch: (request, limit = ALL) => list(request, { limit }),
    findCursor: (request, id) => {
      const { source, value } = orders[request.sort ?? 'path'];
      const { from, where, parameters } = write(request, { source, purpose: 'list' });
      const sql = `SELECT ${sources[source].id} AS id, ${value} AS value FROM ${from} WHERE ${where} AND ${sources[source].id} = @id`;
      return database.read<[object], PageCursor>(sql).find({ ...parameters, id });
    },
    count: (request) => {
      const filter = filterOf(request);
      const question = describeQuestion(filter);
      const known = lengths.find(question);
      if (known !== undefined) return known;
      const { from, where, parameters } = write(filter, { source: chooseSource(filter), purpose: 'count' });
      const sql = `SELECT count(*) AS count FROM ${from} WHERE ${where}`;
      const { count } = database.read<[object], { count: number }>(sql).find(parameters) ?? { count: 0 };
      lengths.keep(question, count);
      return count;
    },
    listMembers: (filter) => {
      const source = chooseSource(filter);
      const { from, where, parameters } = write(filter, { source, purpose: 'count' });
      const sql = `SELECT ${sources[source].id} FROM ${from} WHERE ${where}`;
      return database.read<[object], object>(sql).listColumn<number>(parameters);
    },
  };
}

/** Whether a filter of predictions may leave so few that a page of them lies far apart. */
function isNarrow({ split, label, collection, prediction }: SampleFilter): boolean {
  const { correct, predicted, confidenceAbove, confidenceBelow, confidenceWithin } = prediction ?? {};
  const limits = [split, label, collection, predicted, confidenceAbove, confidenceBelow, confidenceWithin];
  return correct === false || limits.some((limit) => limit !== undefined);
}
