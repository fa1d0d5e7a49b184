import type { ReadableDatabase } from './database/database.ts';
import { keepUntilChanged } from './kept-lists.ts';
import { createOpenSearch, type OpenQuestion, type OpenSearch } from './open-places.ts';
import {
  describeQuestion,
  filterOf,
  isFar,
  limitOf,
  type PageCursor,
  type SampleListRequest,
  type SamplePageRequest,
} from './page-request.ts';
import type { SampleFilter } from './sample-filter.ts';
import { createClassLister, createListing, type ListedSample } from './sample-listing.ts';
import { createSampleSearch, type SampleSearch } from './sample-search.ts';

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
  /**
   * The place (from 0) of the nearest sample in a list that a reader has not judged; round the end of the list to its other one.
   * Undefined where there is no other. Throws `request/invalid`.
   */
  findOpen(list: SampleListRequest, question: OpenQuestion): number | undefined;
  /** The ids of a stretch of a list, however long, in its order: what is between two places, or all there is. */
  listIds(request: Omit<SamplePageRequest, 'after' | 'show'>): readonly number[];
}

/** Orders that are remembered, of 8 bytes a sample. */
const KEPT_ORDERS = 4;

export function createSamplePager(database: ReadableDatabase): SamplePager {
  const listSamples = createListing(database);
  const listClasses = createClassLister(database);
  const search = createSampleSearch(database);
  const searches = { search, open: createOpenSearch(database) };
  const findIds = createIdFinder(database, search);
  return {
    page: (request) =>
      database.snapshot(() => {
        const ids = findIds(request);
        const { prediction = request.prediction?.setup, attribution = request.attribution?.setup } = request.show ?? {};
        const samples = listSamples({
          ...{ ids, prediction, attribution, classes: listClasses(prediction) },
          concept: request.concept,
        });
        return { samples, next: ids.length < limitOf(request) ? undefined : search.findCursor(request, ids.at(-1)) };
      }),
    count: (filter) => database.snapshot(() => search.count(filter)),
    listIds: ({ limit, ...request }) => database.snapshot(() => search.listStretch(request, limit)),
    findOpen: (list, question) => database.snapshot(() => findOpen(searches, list, question)),
  };
}

/**
 * The ids of a page. Far from both ends of a list most of the time goes into what is passed over, so the second such page of a
 * list has the order of the whole list made and kept.
 */
function createIdFinder(
  database: ReadableDatabase,
  search: SampleSearch,
): (request: SamplePageRequest) => readonly number[] {
  const orders = keepUntilChanged<Float64Array | 'asked for once'>(database, KEPT_ORDERS);
  return (request) => {
    const { offset = 0, after, descending = false } = request;
    const limit = limitOf(request);
    if (after || !isFar(request)) return search.listIds(request);
    const question = describeQuestion({ ...filterOf(request), sort: request.sort ?? 'path', descending });
    const known = orders.find(question);
    const order = known === 'asked for once' ? Float64Array.from(search.listStretch({ ...request, offset: 0 })) : known;
    orders.keep(question, order ?? 'asked for once');
    return order ? Array.from(order.subarray(offset, offset + limit)) : listFarIds(search, request);
  };
}

/** Each verdict changes the catalog, so no order that was kept would hold: the list is walked on from where the reader is. */
function findOpen(
  { search, open }: { readonly search: SampleSearch; readonly open: OpenSearch },
  list: SampleListRequest,
  { place, backwards = false, ...by }: OpenQuestion,
): number | undefined {
  const request = { ...list, offset: place, limit: 1 };
  const [here] = isFar(request) ? listFarIds(search, request) : search.listIds(request);
  const walked = backwards ? { ...list, descending: !list.descending } : list;
  const cursor = here === undefined ? undefined : search.findCursor(list, here);
  const found = open.findNext(walked, by, cursor);
  const there = found === here ? undefined : search.findCursor(list, found);
  return there && open.countBefore(list, there);
}

/** From the end where that is nearer. */
function listFarIds(search: SampleSearch, request: SamplePageRequest): readonly number[] {
  const { offset = 0, descending = false } = request;
  if (search.isFrontNearer(request)) return search.listIds(request);
  const total = search.count(request);
  const limit = Math.min(limitOf(request), total - offset);
  if (limit <= 0) return [];
  if (offset < total / 2) return search.listIds(request);
  return search.listIds({ ...request, descending: !descending, offset: total - offset - limit, limit }).toReversed();
}
