import { useQuery, useQueryClient } from '@tanstack/react-query';
import { firstReader, type Reader } from '#shared/marks/reader.ts';
import { api } from '../api/client.ts';
import { useMarkScope } from './mark-scope.ts';

/** Who sits here, and how to change that. */
export function useReader(): { readonly reader: Reader; readonly change: (part: Partial<Reader>) => void } {
  const queries = useQueryClient();
  const options = api.reader.get.queryOptions({ staleTime: Infinity });
  const reader = useQuery(options).data ?? firstReader;
  const change = (part: Partial<Reader>): void => {
    const changed = { ...reader, ...part };
    queries.setQueryData(options.queryKey, changed);
    api.reader.put.call(changed).catch((cause: unknown) => {
      useMarkScope.getState().change({ notice: cause instanceof Error ? cause.message : String(cause) });
    });
  };
  return { reader, change };
}
