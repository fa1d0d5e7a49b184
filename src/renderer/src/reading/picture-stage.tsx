import { useEffect, useRef, type JSX, type ReactNode } from 'react';
import { dataAddress } from '#shared/contract/contract.ts';
import type { SampleView } from '#shared/contract/samples.ts';
import type { ValueRange } from '#shared/render-heatmap.ts';
import { drawOverlay } from './draw-overlay.ts';
import type { RelevanceMap } from './load-map.ts';
import './stage.css';
import { StageContext } from './stage-context.ts';
import { writeMatrix, type Look } from './stage-geometry.ts';
import { useStage } from './use-stage.ts';
import { useStagePointer } from './use-stage-pointer.ts';
import { useView } from './view-state.ts';

interface PictureStageProps {
  readonly sample: SampleView;
  readonly attribution: SampleView['attributions'][number] | undefined;
  readonly map: RelevanceMap | undefined;
  /** The values that colors stand for, where several maps share them; the map's own otherwise. */
  readonly range?: ValueRange;
  /** What is looked at, where stages are not linked; shared by all stages otherwise. */
  readonly look?: Look;
  readonly onLook?: (look: Look) => void;
  /** Lies over the picture in its own pixels, and turns and zooms with it. */
  readonly children?: ReactNode;
}

/** The picture at its own resolution, with the heatmap where the model looked. Wheel zooms, dragging moves. */
export function PictureStage({ sample, attribution, map, range, children, ...props }: PictureStageProps): JSX.Element {
  const { inverted, overlay, hidden, change, ...shared } = useView();
  const look = props.look ?? shared.look;
  const { element, ...stage } = useStage(sample, look);
  const changeLook =
    props.onLook ??
    ((next: Look) => {
      change({ look: next });
    });
  const handlers = useStagePointer({ element, stage, changeLook });
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current && map && attribution) drawOverlay(canvas.current, map, attribution.turned ?? false, range);
  }, [map, attribution, range]);
  const { region } = attribution ?? {};
  return (
    <div className="stage" ref={element} {...handlers} data-testid="stage">
      <StageContext value={stage}>
        <div
          className="film"
          style={{ width: sample.width, height: sample.height, transform: writeMatrix(stage.geometry.matrix) }}
        >
          <img
            src={dataAddress.picture(sample.id)}
            alt="the picture"
            draggable={false}
            style={{ filter: inverted ? 'invert(1)' : undefined }}
          />
          <canvas
            ref={canvas}
            data-testid="overlay"
            hidden={!overlay || hidden || !map}
            style={region && { ...region }}
          />
          {children}
        </div>
      </StageContext>
    </div>
  );
}
