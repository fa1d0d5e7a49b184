import { useMemo, type JSX } from 'react';
import { compositeCautions } from '#shared/composite-cautions.ts';
import { compositeNames } from '#shared/composite-names.ts';
import { countAgreement, topShare } from '#shared/map-agreement.ts';
import { useView } from '../reading/view-state.ts';
import { useExplain } from './explain-state.ts';
import type { LayoutProps } from './layout-props.ts';
import { LikenessTable } from './likeness-table.tsx';
import { describeScale, findOneScale, toEvidence, toShares } from './map-scale.ts';
import type { Explanation } from './explanation.ts';
import { useExplanation } from './use-explanation.ts';
import { useSteady } from './use-steady.ts';
import { Viewport } from './viewport.tsx';

const agreementRange = [0, compositeNames.length] as const;

/** The picture, the seven composites, where they agree, and how alike they are. */
export function SevenUp({ explaining }: LayoutProps): JSX.Element {
  const { sample } = explaining;
  const explanations = useSeven(explaining);
  const choice = useExplain((state) => state.scale);
  const hidden = useView((view) => view.hidden);
  const shown = useMemo(
    () => (choice === 'shares' ? explanations.map(toShares) : explanations),
    [choice, explanations],
  );
  const range = useMemo(() => findOneScale(choice, shown), [choice, shown]);
  const agreement = useMemo(() => findAgreement(explanations), [explanations]);
  const few = `${explanations.filter(({ state }) => state === 'here').length} of 7`;
  return (
    <div className="viewports twelve">
      <Viewport name="picture" sample={sample} caption="Picture" />
      <Viewport
        name="agreement"
        {...{ sample, range: agreementRange }}
        explanation={agreement}
        caption="Agreement"
        isDerived
        note={agreement ? `how many of the seven have a pixel in their top ${100 * topShare}%` : `${few} maps are here`}
      />
      {hidden ? <div className="likeness" /> : <LikenessTable explanations={explanations} />}
      {shown.map((explanation) => (
        <Viewport
          key={explanation.composite}
          name={explanation.composite}
          {...{ sample, explanation, range }}
          caption={explanation.composite}
          caution={compositeCautions[explanation.composite].caution}
        />
      ))}
      <div className="likeness single">{!hidden && <p data-testid="map-scale">{describeScale(choice, range)}</p>}</div>
    </div>
  );
}

/** In the order of their names' table. */
function useSeven({ sample, subject }: LayoutProps['explaining']): readonly Explanation[] {
  const isSeen = true;
  const ask = { sample, subject, isSeen };
  return useSteady([
    useExplanation({ ...ask, composite: compositeNames[0] }),
    useExplanation({ ...ask, composite: compositeNames[1] }),
    useExplanation({ ...ask, composite: compositeNames[2] }),
    useExplanation({ ...ask, composite: compositeNames[3] }),
    useExplanation({ ...ask, composite: compositeNames[4] }),
    useExplanation({ ...ask, composite: compositeNames[5] }),
    useExplanation({ ...ask, composite: compositeNames[6] }),
  ]);
}

/** Once all are here: some alone would show another number. */
function findAgreement(explanations: readonly Explanation[]): Explanation | undefined {
  const maps = explanations.flatMap((one) => toEvidence(one) ?? []);
  const [first] = maps;
  const attribution = explanations[0]?.attribution;
  if (!first || !attribution || maps.length < explanations.length) return undefined;
  const values = countAgreement(maps.map((map) => map.values));
  return {
    ...{ composite: compositeNames[0], state: 'here', fault: undefined, ask: () => undefined, cancel: () => undefined },
    map: { ...first, values },
    attribution: { ...attribution, arraySha256: 'agreement', turned: false, effect: 'evidence' },
  };
}
