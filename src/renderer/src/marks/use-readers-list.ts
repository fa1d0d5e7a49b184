import { useMemo } from 'react';
import type { SampleList } from '#shared/contract/samples.ts';
import { withoutBlanks } from '../gallery/filters.ts';
import { useReader } from './use-reader.ts';

/** A list as the present reader may see it: with their verdicts, and nothing told before they have read where they read first. */
export function useReadersList(list: SampleList | undefined): SampleList | undefined {
  const { reader, isKnown } = useReader();
  const { name, readsFirst } = reader;
  return useMemo(() => {
    if (!list || !isKnown) return undefined;
    return withoutBlanks({ ...list, reader: name, firstReading: readsFirst || undefined });
  }, [list, isKnown, name, readsFirst]);
}
