import { shareOf } from './concept-values.ts';
import type { ReadableDatabase } from './database/database.ts';
import { createFilterWriter } from './filter-writer.ts';
import { keepUntilChanged } from './kept-lists.ts';
import { leaveOpen } from './open-places.ts';
import {
  checkOffset,
  describeQuestion,
  filterOf,
  isFar,
  limitOf,
  type PageCursor,
  type SampleListRequest,
  type SampleOrder,
  type SamplePageRequest,
} from './page-request.ts';
import { chooseSource, isCrossed, sources, type FilterSql, type SampleFilter, type Source } from './sample-filter.ts';

const orders: Readonly<Record<SampleOrder, { readonly source: Source; readonly value: string }>> = {
  path: { source: 's', value: 's.path' },
  confidence: { source: 'p', value: 'p.confidence' },
  sum: { source: 'a', value: 'a.sum' },
  share: { source: 'c', value: shareOf('c') },
};

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
  /** The first sample behind a cursor that an author has not judged, or else of the whole list. */
  findNextOpen(list: SampleListRequest, author: string, here: PageCursor | undefined): number | undefined;
  /** How many samples of a list stand before one. */
  countBefore(list: SampleListRequest, cursor: PageCursor): number;
  /** Whether that is certain without counting, in lists of attributions, whose counting takes as long as listing them. */
  isFrontNearer(request: SamplePageRequest): boolean;
}

export function createSampleSearch(database: ReadableDatabase): SampleSearch {
  const write = createFilterWriter(database);
  const attributions = database.read<[number | undefined], { count: number }>(
    'SELECT count(*) AS count FROM attributions WHERE setup_id = ?',
  );
  const lengths = keepUntilChanged<number>(database, KEPT_LENGTHS);
  const list = (request: SamplePageRequest, page: Partial<PageSql>): readonly number[] => {
    const { source } = orders[request.sort ?? 'path'];
    const isPrepared = isCrossed(source, request) && (page.limit !== undefined || isFar(request) || isNarrow(request));
    const { sql, parameters } = writePage(request, write(request, { source, purpose: 'list', isPrepared }), page);
    return database
      .read<[object], { id: number }>(sql)
      .list(parameters)
      .map(({ id }) => id);
  };
  const writeWhole = (whole: SampleListRequest): FilterSql => {
    const { source } = orders[whole.sort ?? 'path'];
    return write(whole, { source, purpose: 'list', isPrepared: isCrossed(source, whole) });
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
    findNextOpen: (whole, author, here) => {
      const { id } = sources[orders[whole.sort ?? 'path'].source];
      const filter = leaveOpen(writeWhole(whole), id, author);
      const find = (after: PageCursor | undefined): number | undefined => {
        const { sql, parameters } = writePage({ ...whole, after }, filter, { limit: 1, offset: 0 });
        return database.read<[object], { id: number }>(sql).find(parameters)?.id;
      };
      return (here && find(here)) ?? find(undefined);
    },
    countBefore: (whole, { value, id }) => {
      const { from, where, parameters } = writeWhole(whole);
      const sql = `SELECT count(*) AS count FROM ${from} WHERE ${where} AND ${writeBeyond(whole, !whole.descending)}`;
      const row = database
        .read<[object], { count: number }>(sql)
        .find({ ...parameters, afterValue: value, afterId: id });
      return row?.count ?? 0;
    },
    isFrontNearer: (request) => {
      if (orders[request.sort ?? 'path'].source !== 'a') return false;
      const most = attributions.find(request.attribution?.setup)?.count ?? 0;
      return (request.offset ?? 0) < most / 2;
    },
  };
}

/** Whether a filter of predictions may leave so few that a page of them lies far apart. */
function isNarrow({ split, label, collection, prediction }: SampleFilter): boolean {
  const { correct, predicted, confidenceAbove, confidenceBelow, confidenceWithin } = prediction ?? {};
  const limits = [split, label, collection, predicted, confidenceAbove, confidenceBelow, confidenceWithin];
  return correct === false || limits.some((limit) => limit !== undefined);
}

interface PageSql {
  readonly limit: number;
  readonly offset: number;
}

/** The ids alone: found in an index, so that rows are fetched for one page and not for those passed over. */
function writePage(
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
function writeBeyond({ sort = 'path' }: SampleListRequest, isBelow: boolean): string {
  const { source, value } = orders[sort];
  return `(${value}, ${sources[source].id}) ${isBelow ? '<' : '>'} (@afterValue, @afterId)`;
}
