import { useMemo, type JSX } from 'react';
import { compositeNames } from '#shared/composite-names.ts';
import { countAgreement, topShare } from '#shared/map-agreement.ts';
import { useView } from '../reading/view-state.ts';
import { useExplain } from './explain-state.ts';
import type { LayoutProps } from './layout-props.ts';
import { LikenessTable } from './likeness-table.tsx';
import { describeScale, findOneScale, toEvidence } from './map-scale.ts';
import { useExplanation, type Explanation } from './use-explanation.ts';
import { Viewport } from './viewport.tsx';

/** The picture, the seven composites, where they agree, and how alike they are. */
export function SevenUp({ explaining }: LayoutProps): JSX.Element {
  const { sample } = explaining;
  const explanations = useSeven(explaining);
  const { oneScale, change } = useExplain();
  const hidden = useView((view) => view.hidden);
  const scale = useMemo(() => findOneScale(explanations), [explanations]);
  const range = oneScale ? scale : undefined;
  const agreement = useMemo(() => findAgreement(explanations), [explanations]);
  const few = `${explanations.filter(({ state }) => state === 'here').length} of 7`;
  return (
    <div className="viewports twelve">
      <Viewport name="picture" sample={sample} caption="Picture" />
      <Viewport
        name="agreement"
        {...{ sample, range: [0, compositeNames.length] }}
        explanation={agreement}
        caption="Agreement"
        note={agreement ? `of 7: top ${100 * topShare}% of positive relevance` : `${few} maps are here`}
      />
      {hidden ? <div className="likeness" /> : <LikenessTable explanations={explanations} />}
      {explanations.map((explanation) => (
        <Viewport
          key={explanation.composite}
          name={explanation.composite}
          {...{ sample, explanation, range }}
          caption={explanation.composite}
        />
      ))}
      <div className="likeness" style={{ gridColumn: 'auto' }}>
        {!hidden && (
          <>
            <p data-testid="scale">{describeScale(range)}</p>
            <button
              type="button"
              className="quiet-button"
              aria-pressed={oneScale}
              onClick={() => {
                change({ oneScale: !oneScale });
              }}
            >
              {oneScale ? 'Each its own scale' : 'One scale for all'}
            </button>
          </>
        )}
      </div>
    </div>
  );
}

/** In the order of their names' table. */
function useSeven({ sample, subject }: LayoutProps['explaining']): readonly Explanation[] {
  const isSeen = true;
  const ask = { sample, subject, isSeen };
  const seven = [
    useExplanation({ ...ask, composite: compositeNames[0] }),
    useExplanation({ ...ask, composite: compositeNames[1] }),
    useExplanation({ ...ask, composite: compositeNames[2] }),
    useExplanation({ ...ask, composite: compositeNames[3] }),
    useExplanation({ ...ask, composite: compositeNames[4] }),
    useExplanation({ ...ask, composite: compositeNames[5] }),
    useExplanation({ ...ask, composite: compositeNames[6] }),
  ];
  const mark = seven.map(({ state, attribution }) => `${state} ${attribution?.arraySha256}`).join();
  // The same list as long as nothing in it has changed: what is computed from it takes a while.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => seven, [mark]);
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
