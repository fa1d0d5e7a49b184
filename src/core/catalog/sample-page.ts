import { LightboxError } from '#shared/errors.ts';
import { shareOf } from './concept-values.ts';
import type { ReadableDatabase } from './database/database.ts';
import { createFilterWriter } from './filter-writer.ts';
import { chooseSource, isCrossed, sources, type FilterSql, type SampleFilter, type Source } from './sample-filter.ts';
import { createClassLister, createListing, type ListedSample } from './sample-listing.ts';

/** `confidence` needs the filter's prediction, `sum` its attribution, `share` its concept. */
export type SampleOrder = 'path' | 'confidence' | 'sum' | 'share';

export interface SamplePageRequest extends SampleFilter {
  /** Default: path. */
  readonly sort?: SampleOrder | undefined;
  readonly descending?: boolean | undefined;
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

export interface SamplePage {
  readonly samples: readonly ListedSample[];
  /** Where the next page begins; undefined when this one is not full. */
  readonly next: PageCursor | undefined;
}

export interface SamplePager {
  /** Some samples, in an order that is the same each time. Throws `request/invalid`. */
  page(request: SamplePageRequest): SamplePage;
  /** How many samples a filter leaves. */
  count(filter: SampleFilter): number;
  /** The ids of a stretch of a list, however long, in its order: what is between two places, or all there is. */
  listIds(request: Omit<SamplePageRequest, 'after' | 'show'>): readonly number[];
}

const orders: Readonly<Record<SampleOrder, { readonly source: Source; readonly value: string }>> = {
  path: { source: 's', value: 's.path' },
  confidence: { source: 'p', value: 'p.confidence' },
  sum: { source: 'a', value: 'a.sum' },
  share: { source: 'c', value: shareOf('c') },
};

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 1000;

/** From here on it pays to count, and to come from the end where that is nearer. */
const FAR_OFFSET = 1000;

export function createSamplePager(database: ReadableDatabase): SamplePager {
  const listSamples = createListing(database);
  const listClasses = createClassLister(database);
  const search = createSearch(database);
  const findCursors = (request: SamplePageRequest): readonly PageCursor[] => {
    const { offset = 0, after, descending = false } = request;
    if (after || offset < FAR_OFFSET || search.isFrontNearer(request)) return search.listCursors(request);
    const total = search.count(request);
    const limit = Math.min(limitOf(request), total - offset);
    if (limit <= 0) return [];
    if (offset < total / 2) return search.listCursors(request);
    const nearer = search.listCursors({ ...request, descending: !descending, offset: total - offset - limit, limit });
    return nearer.toReversed();
  };
  return {
    page: (request) =>
      database.snapshot(() => {
        const cursors = findCursors(request);
        const { prediction = request.prediction?.setup, attribution = request.attribution?.setup } = request.show ?? {};
        const ids = cursors.map(({ id }) => id);
        const samples = listSamples({
          ...{ ids, prediction, attribution, classes: listClasses(prediction) },
          concept: request.concept,
        });
        return { samples, next: cursors.length < limitOf(request) ? undefined : cursors.at(-1) };
      }),
    count: (filter) => database.snapshot(() => search.count(filter)),
    listIds: ({ limit = Number.MAX_SAFE_INTEGER, ...request }) =>
      database.snapshot(() => search.listCursors(request, limit).map(({ id }) => id)),
  };
}

interface Search {
  listCursors(request: SamplePageRequest, limit?: number): readonly PageCursor[];
  count(filter: SampleFilter): number;
  /** Whether that is certain without counting, in lists of attributions, whose counting takes as long as listing them. */
  isFrontNearer(request: SamplePageRequest): boolean;
}

function createSearch(database: ReadableDatabase): Search {
  const write = createFilterWriter(database);
  const attributions = database.read<[number | undefined], { count: number }>(
    'SELECT count(*) AS count FROM attributions WHERE setup_id = ?',
  );
  return {
    listCursors: (request, limit = limitOf(request)) => {
      const { source } = orders[request.sort ?? 'path'];
      const isPrepared = isCrossed(source, request) && (isFar(request) || isNarrow(request));
      const { sql, parameters } = writePage(request, write(request, { source, purpose: 'list', isPrepared }));
      return database.read<[object], PageCursor>(sql).list({ ...parameters, limit });
    },
    count: (filter) => {
      const { from, where, parameters } = write(filter, { source: chooseSource(filter), purpose: 'count' });
      const sql = `SELECT count(*) AS count FROM ${from} WHERE ${where}`;
      return database.read<[object], { count: number }>(sql).find(parameters)?.count ?? 0;
    },
    isFrontNearer: (request) => {
      if (orders[request.sort ?? 'path'].source !== 'a') return false;
      const most = attributions.find(request.attribution?.setup)?.count ?? 0;
      return (request.offset ?? 0) < most / 2;
    },
  };
}

const isFar = ({ offset = 0 }: SamplePageRequest): boolean => offset >= FAR_OFFSET;

/** Whether a filter of predictions may leave so few that a page of them lies far apart. */
function isNarrow({ split, label, collection, prediction }: SampleFilter): boolean {
  const { correct, predicted, confidenceAbove, confidenceBelow, confidenceWithin } = prediction ?? {};
  const limits = [split, label, collection, predicted, confidenceAbove, confidenceBelow, confidenceWithin];
  return correct === false || limits.some((limit) => limit !== undefined);
}

/** The ids alone: found in an index, so that rows are fetched for one page and not for those passed over. */
function writePage(request: SamplePageRequest, filter: FilterSql): { sql: string; parameters: object } {
  const { sort = 'path', descending = false, offset = 0, after } = request;
  const { source, value } = orders[sort];
  const { id } = sources[source];
  const [direction, comparison] = descending ? ['DESC', '<'] : ['ASC', '>'];
  const where = after ? `${filter.where} AND (${value}, ${id}) ${comparison} (@afterValue, @afterId)` : filter.where;
  return {
    sql: `SELECT ${id} AS id, ${value} AS value FROM ${filter.from} WHERE ${where}
      ORDER BY ${value} ${direction}, ${id} ${direction} LIMIT @limit OFFSET @offset`,
    parameters: {
      ...filter.parameters,
      ...{ afterValue: after?.value, afterId: after?.id, offset: checkOffset(offset) },
    },
  };
}

function limitOf({ limit = DEFAULT_LIMIT }: SamplePageRequest): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new LightboxError('request/invalid', `A page has 1 to ${MAX_LIMIT} samples, not ${limit}.`);
}

function checkOffset(offset: number): number {
  if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw new LightboxError('request/invalid', `A page begins at 0 or behind it, not at ${offset}.`);
}
