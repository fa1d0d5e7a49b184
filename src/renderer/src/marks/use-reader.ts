import { useQuery, useQueryClient } from '@tanstack/react-query';
import { firstReader, type Reader } from '#shared/marks/reader.ts';
import { api } from '../api/client.ts';
import { useMarkScope } from './mark-scope.ts';

interface ReaderState {
  readonly reader: Reader;
  /** Not before the catalog has answered. */
  readonly isKnown: boolean;
  readonly change: (part: Partial<Reader>) => void;
}

/** Who sits here, and how to change that. */
export function useReader(): ReaderState {
  const queries = useQueryClient();
  const options = api.reader.get.queryOptions({ staleTime: Infinity });
  const { data: reader = firstReader, isPending } = useQuery(options);
  const change = (part: Partial<Reader>): void => {
    const changed = { ...reader, ...part };
    queries.setQueryData(options.queryKey, changed);
    api.reader.put.call(changed).catch((cause: unknown) => {
      useMarkScope.getState().change({ notice: cause instanceof Error ? cause.message : String(cause) });
    });
  };
  return { reader, isKnown: !isPending, change };
}
