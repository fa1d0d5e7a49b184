import type { ReadableDatabase } from './database/database.ts';
import { keepUntilChanged } from './kept-lists.ts';
import { orders } from './list-sql.ts';
import { describeQuestion, filterOf, type SampleListRequest } from './page-request.ts';
import { checkSource, sources } from './sample-filter.ts';
import type { SampleSearch } from './sample-search.ts';

/** Orders that are remembered, of 8 bytes a sample each. */
const KEPT_ORDERS = 4;

/** The ids of whole lists, in their order. */
export interface WholeOrders {
  /** Kept until the catalog changes, so that paging on costs nothing. */
  order(request: SampleListRequest): Float64Array;
  /** The same, if it is known already. */
  find(request: SampleListRequest): Float64Array | undefined;
}

/**
 * A list is what is left of all results in its order, when what its filter leaves is known: two walks through one index each.
 * SQLite would look up, for each result in the order, whether the filter leaves it, which takes several times as long.
 */
export function createWholeOrders(database: ReadableDatabase, search: SampleSearch): WholeOrders {
  const lists = keepUntilChanged<Float64Array>(database, KEPT_ORDERS);
  const everything = keepUntilChanged<Float64Array>(database, KEPT_ORDERS);
  const listEverything = (request: SampleListRequest): Float64Array => {
    const { sql, parameters } = writeEverything(request);
    const question = describeQuestion({ sql, parameters });
    const known = everything.find(question);
    if (known) return known;
    const order = Float64Array.from(database.read<[object], object>(sql).listColumn<number>(parameters));
    everything.keep(question, order);
    return order;
  };
  const make = (request: SampleListRequest): Float64Array => {
    checkSource(orders[request.sort ?? 'path'].source, request);
    // What a concept carries and the places of a queue stand in no index of all results: such a list is made in one walk.
    if (request.concept || request.sort === 'place') return Float64Array.from(search.listStretch(request));
    const order = keepMembers(listEverything(request), search.listMembers(filterOf(request)));
    return request.descending ? order.reverse() : order;
  };
  return {
    find: (request) => lists.find(nameList(request)),
    order: (request) => {
      const name = nameList(request);
      const order = lists.find(name) ?? make(request);
      lists.keep(name, order);
      return order;
    },
  };
}

const nameList = (request: SampleListRequest): string =>
  describeQuestion({
    ...filterOf(request),
    ...{ sort: request.sort ?? 'path', descending: request.descending ?? false },
  });

/** All results of a setup, or all samples of a dataset, upwards. */
function writeEverything({ sort = 'path', dataset, prediction, attribution }: SampleListRequest): {
  sql: string;
  parameters: object;
} {
  const { source, value } = orders[sort];
  const { table, id, of } = sources[source];
  const sql = `SELECT ${id} FROM ${table} ${source} WHERE ${of} ORDER BY ${value}, ${id}`;
  const places = {
    s: { dataset },
    p: { prediction: prediction?.setup },
    a: { attribution: attribution?.setup },
    c: {},
  };
  return { sql, parameters: places[source] };
}

/** A new list of those ids of `order` that are among the members. */
function keepMembers(order: Float64Array, members: readonly number[]): Float64Array {
  const isMember = new Uint8Array(members.reduce((most, id) => Math.max(most, id), 0) + 1);
  for (const id of members) isMember[id] = 1;
  return order.filter((id) => isMember[id] === 1);
}
