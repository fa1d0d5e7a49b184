import { skipToken, useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SamplePageRequest } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { Layouts } from '../explain/layouts.tsx';
import { useExplainActions } from '../explain/use-explain-actions.ts';
import { useExplaining, type Explaining } from '../explain/use-explaining.ts';
import { useExplanation } from '../explain/use-explanation.ts';
import { useExplain } from '../explain/explain-state.ts';
import { useSamples, useTotal } from '../gallery/use-samples.ts';
import { PictureStage } from './picture-stage.tsx';
import { ReadingPanel } from './reading-panel.tsx';
import { useReadingActions } from './use-reading-actions.ts';
import { useView } from './view-state.ts';

interface ReadingViewProps {
  readonly overview: Overview;
  readonly list: SamplePageRequest;
  /** The sample's place in the list. */
  readonly place: number;
}

export function ReadingView({ overview, list, place }: ReadingViewProps): JSX.Element {
  const total = useTotal(list) ?? 0;
  const listed = useSamples(list, place, place + 1).get(place);
  const hidden = useView((view) => view.hidden);
  useReadingActions(place, total);
  const view = useQuery(api.samples.view.queryOptions({ input: listed ? { id: listed.id } : skipToken }));
  const sample = view.data;
  const explaining = useExplaining({ overview, list, sample });
  useExplainActions(explaining);
  return (
    <section className="reading" aria-label="Reading view">
      {explaining && <Explained {...{ explaining, overview, list, place, total, hidden }} />}
      {sample && !explaining && (
        <PictureStage key={sample.id} sample={sample} attribution={undefined} map={undefined} />
      )}
      {sample && !explaining && !hidden && <ReadingPanel {...{ overview, list, sample, place, total }} />}
      {view.isError && <p className="fault">{view.error.message}</p>}
    </section>
  );
}

interface ExplainedProps extends ReadingViewProps {
  readonly explaining: Explaining;
  readonly total: number;
  readonly hidden: boolean;
}

function Explained({ explaining, hidden, ...rest }: ExplainedProps): JSX.Element {
  const { sample, subject, composite } = explaining;
  const layout = useExplain((state) => state.layout);
  const overlay = useView((view) => view.overlay);
  const isSeen = (layout === 'read' && overlay) || layout === 'explain' || layout === 'models';
  const explanation = useExplanation({ sample, subject, composite, isSeen });
  return (
    <>
      <Layouts {...{ explaining, explanation }} />
      {!hidden && <ReadingPanel {...{ ...rest, sample, explaining, explanation }} />}
    </>
  );
}
