import { useEffect, useRef, type JSX, type MouseEvent, type ReactNode } from 'react';
import type { SampleView } from '#shared/contract/samples.ts';
import type { ValueRange } from '#shared/render-heatmap.ts';
import { RegionOutline } from '../audit/region-outline.tsx';
import { MarkLayer } from '../marks/mark-layer.tsx';
import { useFilm } from './film/load-picture.ts';
import type { RelevanceMap } from './load-map.ts';
import { ColorBar } from './overlay/color-bar.tsx';
import { useStageOverlay } from './overlay/use-stage-overlay.ts';
import './stage.css';
import { StageContext } from './stage-context.ts';
import { computeFit, type Look, type StageGeometry } from './stage-geometry.ts';
import { StageLayers } from './stage-layers.tsx';
import { Lens } from './tools/lens.tsx';
import { StageNotes } from './tools/stage-notes.tsx';
import { chooseTool } from './tools/tool-names.ts';
import { useHover } from './tools/use-hover.ts';
import { useStagePointer } from './tools/use-stage-pointer.ts';
import { useStage } from './use-stage.ts';
import { useView } from './view-state.ts';

interface PictureStageProps {
  readonly sample: SampleView;
  readonly attribution: SampleView['attributions'][number] | undefined;
  readonly map: RelevanceMap | undefined;
  /** The values that colors end at, where several maps share them; else by the look of the map. */
  readonly range?: ValueRange | undefined;
  /** The explained class, for the color bar; undefined where it is not known which sign speaks for it. */
  readonly target?: string | undefined;
  /** False where the color bar stands elsewhere. */
  readonly isBarred?: boolean;
  /** What is looked at, where stages are not linked; shared by all stages otherwise. */
  readonly look?: Look;
  readonly onLook?: (look: Look) => void;
  /** Lies over the picture in its own pixels, and turns and zooms with it. */
  readonly children?: ReactNode;
}

/** The picture at its own resolution, with the heatmap where the model looked. Wheel zooms, dragging does what the tool says. */
export function PictureStage(props: PictureStageProps): JSX.Element {
  const { sample, target, isBarred = true, children } = props;
  const { look: shared, tool: chosen, lensPower } = useView();
  const { element, ...stage } = useStage(sample, props.look ?? shared);
  const { geometry } = stage;
  const { data: film, error } = useFilm(sample.id);
  const shown = useStageOverlay(props);
  const tool = chooseTool(chosen, film);
  const layers = useRef<HTMLDivElement>(null);
  const { probe, lens, onHover } = useHover(film, shown);
  const changeLook = props.onLook ?? changeSharedLook;
  const { handlers, box } = useStagePointer({ element, stage, film, tool, changeLook, onHover });
  useOneToOne(geometry);
  const isLens = tool === 'lens';
  return (
    <div
      className={`stage tool-${tool}`}
      ref={element}
      {...handlers}
      onPointerEnter={shown.activate}
      onDoubleClick={toggleMaximised}
      data-testid="stage"
    >
      <StageContext value={stage}>
        <StageLayers ref={layers} {...{ film, shown, box }} closer={isLens ? lensPower : 1}>
          {children}
          <RegionOutline sample={sample} />
          <MarkLayer sample={sample} />
        </StageLayers>
        {film && isLens && <Lens ref={lens} film={layers} geometry={geometry} power={lensPower} />}
        {film && <StageNotes {...{ film, tool, probe, geometry }} />}
        {isBarred && shown.isShown && shown.attribution && (
          <ColorBar coloring={shown.coloring} effect={shown.attribution.effect} label={target} />
        )}
        {error && <p className="fault stage-fault">{error.message}</p>}
      </StageContext>
    </div>
  );
}

function toggleMaximised(event: MouseEvent): void {
  const { maximised, change } = useView.getState();
  if (!event.defaultPrevented) change({ maximised: !maximised });
}

function changeSharedLook(look: Look): void {
  useView.getState().change({ look });
}

/** Keys that zoom from one to one begin where the stage is. */
function useOneToOne(geometry: StageGeometry): void {
  const oneToOne = 1 / (geometry.deviceScale * computeFit(geometry));
  useEffect(() => {
    useView.getState().change({ oneToOne });
  }, [oneToOne]);
}
