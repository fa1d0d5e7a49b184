import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { ListedSample, SampleList } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';

/** Samples fetched together. */
const pageSize = 200;

/** How long a list is; undefined until it is known. */
export function useTotal(list: SampleList): number | undefined {
  const first = useQuery(
    api.samples.page.queryOptions({
      input: { ...list, offset: 0, limit: pageSize },
      placeholderData: keepPreviousData,
    }),
  );
  return first.data?.total;
}

/** Samples from place to place (exclusive), by their place; those not here yet are left out. */
export function useSamples(list: SampleList, from: number, to: number): ReadonlyMap<number, ListedSample> {
  const pages = Array.from(
    { length: Math.max(0, Math.ceil(to / pageSize) - Math.floor(from / pageSize)) },
    (_, i) => Math.floor(from / pageSize) + i,
  );
  const results = useQueries({
    queries: pages.map((page) =>
      api.samples.page.queryOptions({ input: { ...list, offset: page * pageSize, limit: pageSize } }),
    ),
  });
  return new Map(
    results.flatMap(({ data }, i) =>
      (data?.samples ?? []).map((sample, at) => [(pages[i] ?? 0) * pageSize + at, sample] as const),
    ),
  );
}
