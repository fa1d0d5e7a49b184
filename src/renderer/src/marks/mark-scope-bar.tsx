import './marks.css';
import { Kbd } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { useEffect, type JSX } from 'react';
import type { SamplePageRequest } from '#shared/contract/samples.ts';
import { useChoices } from '../choices.ts';
import { useView } from '../reading/view-state.ts';
import { pasteMark, type MarkedPicture } from './edit-marks.ts';
import { lookOf } from './kind-look.ts';
import { atRest, useMarkScope } from './mark-scope.ts';
import { toolViews } from './mark-tools.ts';
import { markSession, useCase } from './session.ts';
import { useDrawingActions } from './use-drawing-actions.ts';
import { useJudgingActions } from './use-judging-actions.ts';
import { useRefresh } from './use-open-cases.ts';
import { useReader } from './use-reader.ts';

interface MarkScopeProps {
  readonly sample: MarkedPicture;
  readonly list: SamplePageRequest;
  readonly place: number;
}

/** Keys of marking and judging, and the name of the scope on the screen as long as keys and pointer mark. */
export function MarkScopeBar(props: MarkScopeProps): JSX.Element | null {
  const { sample } = props;
  const { on } = useMarkScope();
  const hidden = useView((view) => view.hidden);
  useJudgingActions(props);
  useRestOnNewPicture(sample);
  useRefreshOnLeaving();
  // Where two actions have a key in common the latest has it, and these are to be later than those of the view around.
  const isLate = useMounted();
  return (
    <>
      {on && isLate && <DrawingKeys sample={sample} />}
      {on && !hidden && <ScopeName sample={sample} />}
    </>
  );
}

function DrawingKeys({ sample }: { readonly sample: MarkedPicture }): null {
  useDrawingActions(sample);
  return null;
}

function ScopeName({ sample }: Pick<MarkScopeProps, 'sample'>): JSX.Element {
  const { tool, notice, vertices, selected, ...scope } = useMarkScope();
  const kind = useCase(sample.id).marks.get(selected ?? '')?.kind ?? scope.kind;
  const view = toolViews.find((one) => one.tool === tool);
  const hint = vertices.length > 0 ? 'Enter closes, Backspace takes a corner back, Esc cancels' : view?.hint;
  return (
    <div className="scope-name" role="status" data-testid="scope">
      <strong>Mark</strong>
      <span>{view?.name}</span>
      <span className="kind-name">
        <i className="swatch" style={{ background: lookOf(kind).color }} />
        {lookOf(kind).name}
      </span>
      <span className="hint">{notice ?? hint}</span>
      <span className="hint">
        <Kbd size="xs">G</Kbd> ends
      </span>
    </div>
  );
}

/** What was begun on one picture is not gone on with on another; what is to be pasted is. */
function useRestOnNewPicture(sample: MarkedPicture): void {
  const { name } = useReader().reader;
  const { id, width, height } = sample;
  useEffect(() => {
    const { change, pastesNext, clipboard } = useMarkScope.getState();
    change({ ...atRest, selected: undefined });
    if (pastesNext && clipboard?.sample !== id) pasteMark({ id, width, height }, name);
  }, [id, width, height, name]);
}

/** Lists stay as they are while one reads along them; the gallery then shows what was judged and marked, once all of it is kept. */
function useRefreshOnLeaving(): void {
  const refresh = useRefresh();
  useEffect(
    () => () => {
      const isLeft = useChoices.getState().open === undefined;
      const { history, settle } = markSession.getState();
      if (isLeft && history.done.length > 0) void settle().then(refresh);
    },
    [refresh],
  );
}
