import { skipToken, useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { compositeNames } from '#shared/composite-names.ts';
import type { Overview } from '#shared/contract/overview.ts';
import type { SamplePageRequest, SampleView } from '#shared/contract/samples.ts';
import { api } from '../api/client.ts';
import { AuditPanel } from '../audit/audit-panel.tsx';
import { useAudit } from '../audit/audit-state.ts';
import { Layouts } from '../explain/layouts.tsx';
import { useExplainActions } from '../explain/use-explain-actions.ts';
import type { Explanation } from '../explain/explanation.ts';
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
  const open = useOpenSample(near.get(place)?.id, place);
  const isAlone = useView((view) => view.hidden || view.maximised);
  const { data: film } = useFilm(open);
  useReadingActions({ place, total, film });
  const { sample, explaining, fault } = useRead({ overview, list, open });
  return (
    <section className="reading" aria-label="Reading view">
      {!isAlone && <ReadingToolbar film={film} />}
      {sample && <Read {...{ sample, explaining, overview, list, place, total, film, isAlone }} />}
      {sample && <MarkScopeBar {...{ sample, list, place }} />}
      {fault !== undefined && <p className="fault">{fault}</p>}
      <PictureAhead next={film && near.get(place + 1)?.id} explaining={explaining} />
    </section>
  );
}

/**
 * The sample at a place of the list. While a list is asked again, as when its reader is another or is to read first, what is open stays open: what is typed
 * meanwhile is meant for it, and the keyboard stays where it is.
 */
function useOpenSample(listed: number | undefined, place: number): number | undefined {
  const [known, setKnown] = useState({ listed, place });
  if (listed !== undefined && (known.listed !== listed || known.place !== place)) setKnown({ listed, place });
  return listed ?? (known.place === place ? known.listed : undefined);
}

interface ReadRequest extends Pick<ReadingViewProps, 'overview' | 'list'> {
  readonly open: number | undefined;
}

interface Readable {
  readonly sample: SampleView | undefined;
  /** Nothing of models is shown while the reader is to read first. */
  readonly explaining: Explaining | undefined;
  readonly fault: string | undefined;
}

function useRead({ overview, list, open }: ReadRequest): Readable {
  const view = useQuery(api.samples.view.queryOptions({ input: open === undefined ? skipToken : { id: open } }));
  const sample = useFirstReading(view.data);
  const readsFirst = useReadsFirst(view.data?.id);
  const explaining = useExplaining({ overview, list, sample: readsFirst ? undefined : view.data });
  useExplainActions(explaining);
  return { sample, explaining, fault: view.error?.message };
}

interface ReadProps extends ReadingViewProps {
  readonly sample: SampleView;
  /** Undefined of a catalog without models, or while the reader is to read first. */
  readonly explaining: Explaining | undefined;
  readonly total: number;
  readonly film: Film | undefined;
  readonly isAlone: boolean;
}

function Read({ isAlone, ...rest }: ReadProps): JSX.Element {
  const { sample, explaining, list } = rest;
  const explanation = useShownExplanation(sample, explaining);
  const isBeside = useAudit((audit) => audit.isBeside);
  return (
    <>
      {explaining && explanation ? (
        <Layouts {...{ explaining, explanation }} />
      ) : (
        <PictureStage key={sample.id} sample={sample} attribution={undefined} map={undefined} />
      )}
      {explaining && <RobustnessKeys />}
      {!isAlone && explaining && isBeside && <AuditPanel explaining={explaining} dataset={list.dataset} />}
      {!isAlone && !(explaining && isBeside) && <ReadingPanel {...{ ...rest, explanation }} />}
    </>
  );
}

function RobustnessKeys(): null {
  useRobustnessActions();
  return null;
}

/** Undefined where nothing is explained. */
function useShownExplanation(sample: SampleView, explaining: Explaining | undefined): Explanation | undefined {
  const layout = useExplain((state) => state.layout);
  const overlay = useView((view) => view.overlay);
  const isSeen = (layout === 'read' && overlay) || ['explain', 'models', 'stress'].includes(layout);
  const { subject, composite = compositeNames[0] } = explaining ?? {};
  const plain = useExplanation({ sample, subject, composite, isSeen });
  const averaged = useAveragedExplanation(explaining, plain, isSeen && layout !== 'models');
  return explaining && averaged;
}
