import { useImperativeHandle, useRef, type JSX, type Ref } from 'react';
import type { Film } from '../film/load-picture.ts';
import { describeWindow } from '../film/window-presets.ts';
import { resolveWindow, useWindow } from '../film/window-state.ts';
import { computeZoom, isUpright, type StageGeometry, type Turn } from '../stage-geometry.ts';
import { useView, type Tool } from '../view-state.ts';
import { toolNames } from './tool-names.ts';

/** A line that is written without rendering. */
export interface LineHandle {
  readonly write: (text: string | undefined) => void;
}

interface StageNotesProps {
  readonly film: Film;
  readonly geometry: StageGeometry;
  readonly tool: Tool;
  readonly probe: Ref<LineHandle>;
}

/** What a reader must know of what is on the screen: tool, zoom, window, that it is turned; and what is under the pointer. */
export function StageNotes({ film, geometry, tool, probe }: StageNotesProps): JSX.Element {
  const lensPower = useView((view) => view.lensPower);
  const hidden = useView((view) => view.hidden);
  const percent = Math.round(100 * geometry.scale * geometry.deviceScale);
  const fits = geometry.look.zoom === 1 && computeZoom(geometry) === 1 ? ' (fits)' : '';
  // A mirrored film without a word is the one thing that must not be: the tag stays when all else is hidden.
  if (hidden) return <TurnTag turn={geometry.look.turn} isCornered />;
  return (
    <>
      <TurnTag turn={geometry.look.turn} />
      <div className="stage-note top-left" data-testid="tool">
        {toolNames[tool]}
        {tool === 'lens' && ` ${lensPower}×`} · {percent} %{fits}
      </div>
      <WindowNote film={film} />
      <ProbeLine ref={probe} />
    </>
  );
}

function WindowNote({ film }: { readonly film: Film }): JSX.Element {
  const { chosen, own } = useWindow();
  const inverted = useView((view) => view.inverted);
  const { title, window } = resolveWindow({ chosen, own }, film.presets, film.scale);
  const words = describeWindow(window, film.facts.grey?.unit);
  return (
    <div className="stage-note top-right" data-testid="window">
      {title} · {words}
      {inverted && ' · inverted'}
    </div>
  );
}

interface TurnTagProps {
  readonly turn: Turn;
  /** Small, in the corner, where everything else is hidden. */
  readonly isCornered?: boolean;
}

/** Markers of left and right cannot be trusted on a mirrored picture. */
function TurnTag({ turn, isCornered = false }: TurnTagProps): JSX.Element | null {
  if (isUpright(turn)) return null;
  const { isMirrored, quarters } = turn;
  if (!isMirrored) {
    return (
      <div className="turn-tag quiet" data-cornered={isCornered} data-testid="turn">
        {quarters === 2 ? 'UPSIDE DOWN' : `TURNED ${quarters === 1 ? 'RIGHT' : 'LEFT'}`}
      </div>
    );
  }
  return (
    <div className="turn-tag" data-cornered={isCornered} data-testid="turn">
      {quarters === 2 ? 'FLIPPED' : 'MIRRORED'}
      <small>left and right are not where the markers say</small>
    </div>
  );
}

function ProbeLine({ ref }: { readonly ref: Ref<LineHandle> }): JSX.Element {
  const line = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({
    write: (text) => {
      if (line.current) line.current.textContent = text ?? '';
    },
  }));
  return <div className="stage-note probe" ref={line} data-testid="probe" />;
}
