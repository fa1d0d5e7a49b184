import { useEffect, useRef, type CSSProperties, type JSX, type ReactNode } from 'react';
import type { SampleView } from '#shared/contract/samples.ts';
import type { ValueRange } from '#shared/render-heatmap.ts';
import { FilmCanvas } from './film/film-canvas.tsx';
import { useFilm } from './film/load-picture.ts';
import { MarkLayer } from '../marks/mark-layer.tsx';
import type { RelevanceMap } from './load-map.ts';
import { OverlayCanvas } from './overlay/overlay-canvas.tsx';
import { surveyMap } from './overlay/color-overlay.ts';
import { useOverlayLooks, type Sampling } from './overlay/overlay-look.ts';
import { ColorBar } from './overlay/color-bar.tsx';
import { useColoring, useOverlay, type Overlay } from './overlay/use-coloring.ts';
import './stage.css';
import { StageContext } from './stage-context.ts';
import { computeFit, writeMatrix, type Look, type StageGeometry } from './stage-geometry.ts';
import { findStrongestRegion, projectRegion, type Region } from './strongest-region.ts';
import { Lens, type LensHandle } from './tools/lens.tsx';
import { ModelInputCanvas } from './tools/model-input-canvas.tsx';
import { describePoint } from './tools/probe-text.ts';
import { StageFrames } from './tools/stage-frames.tsx';
import { StageNotes, type LineHandle } from './tools/stage-notes.tsx';
import { chooseTool } from './tools/tool-names.ts';
import { useStagePointer, type Hover } from './tools/use-stage-pointer.ts';
import { useStage } from './use-stage.ts';
import { useView } from './view-state.ts';

interface PictureStageProps {
  readonly sample: SampleView;
  readonly attribution: SampleView['attributions'][number] | undefined;
  readonly map: RelevanceMap | undefined;
  /** The values that colors end at, where several maps share them; else by the look of the map. */
  readonly range?: ValueRange | undefined;
  /** The explained class, for the color bar; none is drawn without it. */
  readonly target?: string | undefined;
  /** What is looked at, where stages are not linked; shared by all stages otherwise. */
  readonly look?: Look;
  readonly onLook?: (look: Look) => void;
  /** Lies over the picture in its own pixels, and turns and zooms with it. */
  readonly children?: ReactNode;
}

/** The picture at its own resolution, with the heatmap where the model looked. Wheel zooms, dragging does what the tool says. */
export function PictureStage({ sample, attribution, map, target, children, ...props }: PictureStageProps): JSX.Element {
  const view = useView();
  const { look = view.look } = props;
  const { element, ...stage } = useStage(sample, look);
  const { data: film, error } = useFilm(sample.id);
  const key = attribution && String(attribution.setup);
  const overlay = useOverlay(sample.id, map, { key, turned: attribution?.turned ?? false });
  const coloring = useColoring(overlay, props.range);
  const layers = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const probe = useRef<LineHandle>(null);
  const lens = useRef<LensHandle>(null);
  const tool = chooseTool(view.tool, film);
  const isOverlaid = view.overlay && !view.hidden && overlay !== undefined;
  const region = attribution?.region;
  useOneToOne(stage.geometry);
  const activate = useActivation(key);
  const onHover = (at: Hover | undefined): void => {
    lens.current?.moveTo(at);
    const probed = film && { film, overlay, region, magnitude: surveyOnce(overlay) };
    probe.current?.write(at && probed && describePoint(at.picture, probed));
  };
  const changeLook =
    props.onLook ??
    ((next: Look) => {
      view.change({ look: next });
    });
  const { handlers, box } = useStagePointer({ element, stage, film, tool, changeLook, onHover });
  const input = film?.facts.inputs.find(({ setup }) => setup === attribution?.setup) ?? film?.facts.inputs[0];
  const frames = {
    crop: findCrop(region ?? input?.region, stage.geometry),
    strongest: overlay && region && findStrongest(overlay, region),
  };
  return (
    <div
      className={`stage tool-${tool}`}
      ref={element}
      {...handlers}
      onPointerEnter={activate}
      onDoubleClick={(event) => {
        if (!event.defaultPrevented) view.change({ maximised: !view.maximised });
      }}
      data-testid="stage"
    >
      <StageContext value={stage}>
        <div className="film" ref={layers} style={placeFilm(stage.geometry, view.sampling)}>
          {film && (
            <FilmCanvas {...{ film, canvas }} geometry={stage.geometry} closer={tool === 'lens' ? view.lensPower : 1} />
          )}
          {film && input && view.modelInput && !view.hidden && <ModelInputCanvas sample={sample.id} input={input} />}
          <OverlayCanvas {...{ overlay, coloring, region }} isShown={isOverlaid} />
          {!view.hidden && (
            <StageFrames
              crop={view.crop ? frames.crop : undefined}
              strongest={view.strongest ? frames.strongest : undefined}
              box={box}
            />
          )}
          {children}
          <MarkLayer sample={sample} />
        </div>
        {film && tool === 'lens' && <Lens ref={lens} film={layers} geometry={stage.geometry} power={view.lensPower} />}
        {film && !view.hidden && <StageNotes {...{ film, tool, probe }} geometry={stage.geometry} />}
        {isOverlaid && attribution && target !== undefined && (
          <ColorBar {...{ coloring }} effect={attribution.effect} label={target} />
        )}
        {error && <p className="fault stage-fault">{error.message}</p>}
      </StageContext>
    </div>
  );
}

/** A picture pixel shown larger than so many pixels of the screen is shown as a square. */
const pixelatedFrom = 2;

function placeFilm({ picture, matrix, scale, deviceScale }: StageGeometry, sampling: Sampling): CSSProperties {
  const isPixelated = sampling === 'pixelated' || (sampling === 'automatic' && scale * deviceScale > pixelatedFrom);
  return {
    ...{ width: picture.width, height: picture.height, transform: writeMatrix(matrix) },
    ['--picture-rendering' as string]: isPixelated ? 'pixelated' : 'auto',
  };
}

/** No frame around a picture that was seen whole. */
function findCrop(region: Region | undefined, { picture }: StageGeometry): Region | undefined {
  if (!region) return undefined;
  const isWhole = region.width >= picture.width - 0.5 && region.height >= picture.height - 0.5;
  return isWhole ? undefined : region;
}

const strongestRegions = new WeakMap<Float32Array, Region | undefined>();

function findStrongest(overlay: Overlay, region: Region): Region | undefined {
  const { values } = overlay;
  if (!strongestRegions.has(values)) strongestRegions.set(values, findStrongestRegion(overlay));
  const box = strongestRegions.get(values);
  return box && projectRegion(box, overlay, region);
}

const magnitudes = new WeakMap<Float32Array, number>();

function surveyOnce(overlay: Overlay | undefined): number {
  if (!overlay) return 0;
  const known = magnitudes.get(overlay.values) ?? surveyMap(overlay.values).magnitude;
  magnitudes.set(overlay.values, known);
  return known;
}

/** Keys that zoom from one to one begin where the stage is. */
function useOneToOne(geometry: StageGeometry): void {
  const oneToOne = 1 / (geometry.deviceScale * computeFit(geometry));
  useEffect(() => {
    useView.getState().change({ oneToOne });
  }, [oneToOne]);
}

/** The heatmap pointed at last is the one keys change; the first, before any was. */
function useActivation(key: string | undefined): () => void {
  const activate = useOverlayLooks((looks) => looks.activate);
  useEffect(() => {
    if (key !== undefined) activate(key);
  }, [key, activate]);
  return () => {
    if (key !== undefined) activate(key);
  };
}
