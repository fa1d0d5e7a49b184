import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ModelView } from '#shared/contract/models.ts';
import { api } from '../api/client.ts';

/** Milliseconds between two looks at whether a file that was away is back. */
const nextLook = 2000;

/**
 * The models of the catalog. While the file of one is away, they are asked for again and again: nothing else tells the window
 * that a drive was connected.
 */
export function useModels(): UseQueryResult<ModelView[]> {
  return useQuery(
    api.models.list.queryOptions({
      refetchInterval: ({ state }) => (state.data?.some(({ isThere }) => !isThere) ? nextLook : false),
    }),
  );
}
