import type { Explaining } from '../explain/use-explaining.ts';
import { describeProgress, type Explanation } from '../explain/explanation.ts';
import { useStress } from './stress-state.ts';
import { useAveragedAnswer, type AveragedQuestion } from './use-variants.ts';
import { useVariantMap } from './variant-picture.tsx';

/** The explanation with its map averaged over one-pixel shifts of the input, where the reader wants that; else as it is. */
export function useAveragedExplanation(
  explaining: Explaining | undefined,
  plain: Explanation,
  isSeen: boolean,
): Explanation {
  const averages = useStress((state) => state.averageShifts) && isSeen;
  const question = averages && explaining ? writeQuestion(explaining, plain) : undefined;
  const asked = useAveragedAnswer(question);
  const map = useVariantMap(question && asked.data, 'own');
  if (!question) return plain;
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

const writeQuestion = ({ sample, subject, composite }: Explaining, { attribution }: Explanation): AveragedQuestion => ({
  ...{ sample: sample.id, model: subject.model.id, composite },
  target: attribution?.target ?? subject.target,
});
