import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { FacetCount, FacetName } from '#shared/contract/facets.ts';
import type { SampleFilter, SampleList } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { withoutBlanks, withoutFilters } from './filters.ts';

/** What of a list a facet depends on: not on the order, not on its own choice. */
function filterOf(list: SampleList, facet: FacetName): SampleFilter {
  return withoutBlanks({ ...list, [facet]: undefined, sort: undefined, descending: undefined });
}

/**
 * The values of a facet with how many pictures each would leave. Values of the dataset that leave none stay, so that nothing moves under
 * the pointer; undefined until it is known.
 */
export function useFacet(shown: SampleList, facet: FacetName): readonly FacetCount[] | undefined {
  // The pictures are asked for first.
  const list = useDeferredValue(shown);
  const now = useQuery(
    api.samples.facet.queryOptions({
      input: { filter: filterOf(list, facet), facet },
      placeholderData: keepPreviousData,
    }),
  );
  const all = useQuery(
    api.samples.facet.queryOptions({ input: { filter: filterOf(withoutFilters(list), facet), facet } }),
  );
  if (!now.data || !all.data) return undefined;
  const counts = new Map(now.data.map(({ value, count }) => [value, count]));
  return all.data.map(({ value }) => ({ value, count: counts.get(value) ?? 0 }));
}
