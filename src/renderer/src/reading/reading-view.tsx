import { skipToken, useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Overview } from '#shared/contract/overview.ts';
import type { SamplePageRequest, SampleView } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { AuditPanel } from '../audit/audit-panel.tsx';
import { useAudit } from '../audit/audit-state.ts';
import { Layouts } from '../explain/layouts.tsx';
import { useExplainActions } from '../explain/use-explain-actions.ts';
import { useExplaining, type Explaining } from '../explain/use-explaining.ts';
import { useExplanation } from '../explain/use-explanation.ts';
import { useExplain } from '../explain/explain-state.ts';
import { useSamples, useTotal } from '../gallery/use-samples.ts';
import { useFilm, type Film } from './film/load-picture.ts';
import { MarkScopeBar } from '../marks/mark-scope-bar.tsx';
import { useFirstReading, useReadsFirst } from '../marks/use-first-reading.ts';
import { PictureStage } from './picture-stage.tsx';
import { ReadingPanel } from './reading-panel.tsx';
import { useAveragedExplanation } from '../robustness/use-averaged-explanation.ts';
import { useRobustnessActions } from '../robustness/use-robustness-actions.ts';
import { ReadingToolbar } from './tools/reading-toolbar.tsx';
import { PictureAhead } from './picture-ahead.tsx';
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
  const near = useSamples(list, place, place + 2);
  const listed = near.get(place);
  const isAlone = useView((view) => view.hidden || view.maximised);
  const { data: film } = useFilm(listed?.id);
  useReadingActions({ place, total, film });
  const { sample, explaining, fault } = useRead({ overview, list, listed: listed?.id });
  return (
    <section className="reading" aria-label="Reading view">
      {!isAlone && <ReadingToolbar film={film} />}
      {explaining && <Explained {...{ explaining, overview, list, place, total, film, isAlone }} />}
      {sample && !explaining && <Unexplained {...{ sample, overview, list, place, total, film, isAlone }} />}
      {sample && <MarkScopeBar {...{ sample, list, place }} />}
      {fault !== undefined && <p className="fault">{fault}</p>}
      <PictureAhead next={film && near.get(place + 1)?.id} explaining={explaining} />
    </section>
  );
}

interface ReadRequest extends Pick<ReadingViewProps, 'overview' | 'list'> {
  readonly listed: number | undefined;
}

interface Read {
  readonly sample: SampleView | undefined;
  /** Nothing of models is shown while the reader is to read first. */
  readonly explaining: Explaining | undefined;
  readonly fault: string | undefined;
}

function useRead({ overview, list, listed }: ReadRequest): Read {
  const view = useQuery(api.samples.view.queryOptions({ input: listed === undefined ? skipToken : { id: listed } }));
  const sample = useFirstReading(view.data);
  const readsFirst = useReadsFirst(view.data?.id);
  const explaining = useExplaining({ overview, list, sample: readsFirst ? undefined : view.data });
  useExplainActions(explaining);
  return { sample, explaining, fault: view.error?.message };
}

interface UnexplainedProps extends ReadingViewProps {
  readonly sample: SampleView;
  readonly total: number;
  readonly film: Film | undefined;
  readonly isAlone: boolean;
}

/** Of a catalog without models, or while the reader is to read first. */
function Unexplained({ sample, isAlone, ...rest }: UnexplainedProps): JSX.Element {
  return (
    <>
      <PictureStage key={sample.id} sample={sample} attribution={undefined} map={undefined} />
      {!isAlone && <ReadingPanel {...rest} sample={sample} />}
    </>
  );
}

interface ExplainedProps extends ReadingViewProps {
  readonly explaining: Explaining;
  readonly total: number;
  readonly film: Film | undefined;
  readonly isAlone: boolean;
}

function Explained({ explaining, isAlone, ...rest }: ExplainedProps): JSX.Element {
  const { sample, subject, composite } = explaining;
  const layout = useExplain((state) => state.layout);
  const overlay = useView((view) => view.overlay);
  const isSeen = (layout === 'read' && overlay) || ['explain', 'models', 'stress'].includes(layout);
  const plain = useExplanation({ sample, subject, composite, isSeen });
  const explanation = useAveragedExplanation(explaining, plain, isSeen && layout !== 'models');
  useRobustnessActions();
  const isBeside = useAudit((audit) => audit.isBeside);
  return (
    <>
      <Layouts {...{ explaining, explanation }} />
      {!isAlone && isBeside && <AuditPanel explaining={explaining} dataset={rest.list.dataset} />}
      {!isAlone && !isBeside && <ReadingPanel {...{ ...rest, sample, explaining, explanation }} />}
    </>
  );
}
