import type { SampleView } from '#shared/contract/samples.ts';
import { useMarkSession } from './session.ts';
import { useReader } from './use-reader.ts';

/** A sample as it may be shown: without what models say as long as its reader is to read first. */
export function useFirstReading(sample: SampleView | undefined): SampleView | undefined {
  const { reader, isKnown } = useReader();
  const { name, readsFirst } = reader;
  const verdict = useMarkSession(({ cases }) => cases.get(sample?.id ?? -1)?.reviews.get(name)?.verdict);
  if (!sample || (isKnown && !readsFirst) || verdict !== undefined) return sample;
  return { ...sample, label: undefined, predictions: [], attributions: [] };
}
