import { useEffect, useRef, useState, type JSX, type ReactNode } from 'react';
import type { SampleView } from '#shared/contract/samples.ts';
import type { ValueRange } from '#shared/render-heatmap.ts';
import { PictureStage } from '../reading/picture-stage.tsx';
import type { Look } from '../reading/stage-geometry.ts';
import { useView } from '../reading/view-state.ts';
import { ExplanationBadge } from './explanation-badge.tsx';
import './explain.css';
import { useExplain } from './explain-state.ts';
import { lookAtPixels } from './look-at-pixels.ts';
import type { Explanation } from './explanation.ts';

interface ViewportProps {
  readonly name: string;
  readonly sample: SampleView;
  /** Undefined: the picture alone. */
  readonly explanation?: Explanation | undefined;
  /** One scale for several viewports; the map's own otherwise. */
  readonly range?: ValueRange | undefined;
  /** The explained class, where it is known which color speaks for it. */
  readonly target?: string | undefined;
  readonly isBarred?: boolean;
  /** What it shows, above it; none for a picture that fills the window. */
  readonly caption?: string | undefined;
  readonly note?: ReactNode;
  /** What to keep in mind of it, when its caption is pointed at. */
  readonly caution?: string;
  /** Computed here from maps of the catalog. */
  readonly isDerived?: boolean;
  readonly children?: ReactNode;
}

/** One of several places for a picture; looks at the same part as the others as long as they are linked. */
export function Viewport(props: ViewportProps): JSX.Element {
  const { name, sample, explanation, range, caption } = props;
  const { hidden, overlay } = useView();
  const linked = useExplain((state) => state.linked);
  const [own, setOwn] = useState<Look | undefined>();
  const shared = useView((view) => view.look);
  const element = useRef<HTMLDivElement>(null);
  usePixelRequest(element, sample, explanation);
  useShownMark(overlay ? explanation : undefined);
  const unlinked = { look: own ?? shared, onLook: setOwn };
  return (
    <div className="viewport" ref={element} data-testid={`viewport-${name}`} role="group" aria-label={caption ?? name}>
      {!hidden && <ViewportCaption {...props} />}
      <PictureStage
        {...{ sample, attribution: explanation?.attribution, map: explanation?.map }}
        range={range}
        target={props.target}
        isBarred={props.isBarred ?? false}
        {...(linked ? {} : unlinked)}
      >
        {props.children}
      </PictureStage>
    </div>
  );
}

function ViewportCaption({
  sample,
  explanation,
  caption,
  caution,
  note,
  isDerived,
}: ViewportProps): JSX.Element | null {
  if (caption === undefined && (!explanation || explanation.state === 'here')) return null;
  return (
    <div className={caption === undefined ? 'viewport-caption floating' : 'viewport-caption'}>
      {caption !== undefined && <span title={caution}>{caption}</span>}
      {explanation && !isDerived && <ExplanationBadge explanation={explanation} sample={sample} isShort />}
      {note !== undefined && <span className="viewport-note">{note}</span>}
    </div>
  );
}

function usePixelRequest(
  element: React.RefObject<HTMLDivElement | null>,
  sample: SampleView,
  explanation: Explanation | undefined,
): void {
  const { pixelsWanted, change } = useExplain();
  const view = useView();
  useEffect(() => {
    const { attribution, map } = explanation ?? {};
    if (!pixelsWanted || !element.current || !attribution || !map) return;
    const { clientWidth: width, clientHeight: height } = element.current;
    const look = lookAtPixels({ sample, attribution, map }, { stage: { width, height }, look: view.look });
    view.change({ look, overlay: true });
    change({ pixelsWanted: false });
  });
}

/** For measuring: from a choice to its heatmap on the screen. */
function useShownMark(explanation: Explanation | undefined): void {
  const shown = explanation?.state === 'here' ? explanation.attribution?.arraySha256 : undefined;
  useEffect(() => {
    if (shown === undefined) return;
    const frame = requestAnimationFrame(() => performance.mark('heatmap-shown', { detail: shown }));
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [shown]);
}
