import type { ReadableDatabase } from './database/database.ts';
import { createOpenSearch, type OpenQuestion, type OpenSearch } from './open-places.ts';
import {
  checkOffset,
  isFar,
  limitOf,
  type PageCursor,
  type SampleListRequest,
  type SamplePageRequest,
} from './page-request.ts';
import type { SampleFilter } from './sample-filter.ts';
import { createClassLister, createListing, type ListedSample } from './sample-listing.ts';
import { createSampleSearch, type SampleSearch } from './sample-search.ts';
import { createWholeOrders, type WholeOrders } from './whole-orders.ts';

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

export function createSamplePager(database: ReadableDatabase): SamplePager {
  const listSamples = createListing(database);
  const listClasses = createClassLister(database);
  const search = createSampleSearch(database);
  const searches = { search, open: createOpenSearch(database) };
  const whole = createWholeOrders(database, search);
  return {
    page: (request) =>
      database.snapshot(() => {
        const ids = findIds({ search, whole }, request);
        const { prediction = request.prediction?.setup, attribution = request.attribution?.setup } = request.show ?? {};
        const samples = listSamples({
          ...{ ids, prediction, attribution, classes: listClasses(prediction) },
          concept: request.concept,
        });
        return { samples, next: ids.length < limitOf(request) ? undefined : search.findCursor(request, ids.at(-1)) };
      }),
    count: (filter) => database.snapshot(() => search.count(filter)),
    listIds: ({ limit, ...request }) => database.snapshot(() => search.listStretch(request, limit)),
    findOpen: (list, question) => database.snapshot(() => findOpen({ ...searches, whole }, list, question)),
  };
}

interface Searches {
  readonly search: SampleSearch;
  readonly whole: WholeOrders;
}

/**
 * The ids of a page. Far from the front of a list most of the time goes into what is passed over, with a text each result in the
 * order has to be looked up, and a concept's share stands in no index; there the order of the whole list is made and kept.
 */
function findIds({ search, whole }: Searches, request: SamplePageRequest): readonly number[] {
  const { offset = 0, after, text = '', sort = 'path' } = request;
  if (after) return search.listIds(request);
  const isSlow = isFar(request) || sort === 'share' || (text !== '' && sort !== 'path');
  const order = isSlow ? whole.order(request) : whole.find(request);
  return order ? Array.from(order.subarray(checkOffset(offset), offset + limitOf(request))) : search.listIds(request);
}

/** Each verdict changes the catalog, so no order that was kept holds: the list is walked on from where the reader is. */
function findOpen(
  { search, whole, open }: Searches & { readonly open: OpenSearch },
  list: SampleListRequest,
  { place, backwards = false, ...by }: OpenQuestion,
): number | undefined {
  const request = { ...list, offset: place, limit: 1 };
  const [here] = findIds({ search, whole }, request);
  const walked = backwards ? { ...list, descending: !list.descending } : list;
  const cursor = here === undefined ? undefined : search.findCursor(list, here);
  const found = open.findNext(walked, by, cursor);
  const there = found === here ? undefined : search.findCursor(list, found);
  return there && open.countBefore(list, there);
}
