import type { SampleView } from '#shared/contract/samples.ts';
import { useMarkSession } from './session.ts';
import { useReader } from './use-reader.ts';

/** Whether the reader is to say something on a sample, for good, before anybody else does. */
export function useReadsFirst(sample: number | undefined): boolean {
  const { reader, isKnown } = useReader();
  const lockedMs = useMarkSession(({ cases }) => cases.get(sample ?? -1)?.reviews.get(reader.name)?.lockedMs);
  return (!isKnown || reader.readsFirst) && lockedMs === undefined;
}

/** A sample as it may be shown: without its label and what models say as long as its reader is to read first. */
export function useFirstReading(sample: SampleView | undefined): SampleView | undefined {
  const readsFirst = useReadsFirst(sample?.id);
  return sample && readsFirst ? { ...sample, label: undefined, predictions: [], attributions: [] } : sample;
}
