import type { Explaining } from '../explain/use-explaining.ts';
import { describeProgress, type Explanation } from '../explain/explanation.ts';
import { useStress } from './stress-state.ts';
import { useAveragedAnswer } from './use-variants.ts';
import { useVariantMap } from './variant-picture.tsx';

/** The explanation with its map averaged over one-pixel shifts of the input, where the reader wants that; else as it is. */
export function useAveragedExplanation(
  { sample, subject, composite }: Explaining,
  plain: Explanation,
  isSeen: boolean,
): Explanation {
  const isWanted = useStress((state) => state.averageShifts) && isSeen;
  const target = plain.attribution?.target ?? subject.target;
  const question = { sample: sample.id, model: subject.model.id, composite, target };
  const asked = useAveragedAnswer(isWanted ? question : undefined);
  const map = useVariantMap(isWanted ? asked.data : undefined, 'own');
  if (!isWanted) return plain;
  const result = asked.data?.result;
  return {
    ...plain,
    ...describeProgress([asked], map !== undefined),
    map,
    attribution: plain.attribution &&
      result && { ...plain.attribution, arraySha256: result.arraySha256, turned: result.turned },
    ask: () => {
      void asked.refetch();
    },
  };
}
