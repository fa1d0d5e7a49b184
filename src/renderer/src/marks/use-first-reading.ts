import type { SampleView } from '#shared/contract/samples.ts';
import { useMarkSession } from './session.ts';
import { useReader } from './use-reader.ts';

/** Whether the reader is to say something on a sample before anybody else does. */
export function useReadsFirst(sample: number | undefined): boolean {
  const { reader, isKnown } = useReader();
  const verdict = useMarkSession(({ cases }) => cases.get(sample ?? -1)?.reviews.get(reader.name)?.verdict);
  return (!isKnown || reader.readsFirst) && verdict === undefined;
}

/** A sample as it may be shown: without its label and what models say as long as its reader is to read first. */
export function useFirstReading(sample: SampleView | undefined): SampleView | undefined {
  const readsFirst = useReadsFirst(sample?.id);
  return sample && readsFirst ? { ...sample, label: undefined, predictions: [], attributions: [] } : sample;
}
