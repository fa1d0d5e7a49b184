import { useEffect, useRef, type JSX, type PointerEvent, type WheelEvent } from 'react';
import { dataAddress } from '#shared/contract/contract.ts';
import type { SampleView } from '#shared/contract/samples.ts';
import { MarkLayer } from '../marks/mark-layer.tsx';
import { drawOverlay } from './draw-overlay.ts';
import type { RelevanceMap } from './load-map.ts';
import { clampZoom, useView } from './view-state.ts';

interface PictureStageProps {
  readonly sample: SampleView;
  readonly attribution: SampleView['attributions'][number] | undefined;
  readonly map: RelevanceMap | undefined;
}

/** The picture at its own resolution, with the heatmap where the model looked. Wheel zooms, dragging moves. */
export function PictureStage({ sample, attribution, map }: PictureStageProps): JSX.Element {
  const { zoom, pan, inverted, overlay, hidden, opacity, change } = useView();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current && map && attribution) drawOverlay(canvas.current, map, attribution.turned ?? false);
  }, [map, attribution]);
  const onWheel = (event: WheelEvent): void => {
    change({ zoom: clampZoom(zoom * Math.exp(-event.deltaY / 500)) });
  };
  const onMove = (event: PointerEvent): void => {
    if (event.buttons === 1) change({ pan: [pan[0] + event.movementX, pan[1] + event.movementY] });
  };
  const { region } = attribution ?? {};
  const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  return (
    <div className="stage" onWheel={onWheel} onPointerMove={onMove} data-testid="stage">
      <div
        className="film"
        style={{
          aspectRatio: `${sample.width} / ${sample.height}`,
          transform: `translate(${pan[0]}px, ${pan[1]}px) scale(${zoom})`,
        }}
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
          style={
            region && {
              opacity,
              left: share(region.left, sample.width),
              top: share(region.top, sample.height),
              width: share(region.width, sample.width),
              height: share(region.height, sample.height),
            }
          }
        />
        <MarkLayer sample={sample} />
      </div>
    </div>
  );
}
