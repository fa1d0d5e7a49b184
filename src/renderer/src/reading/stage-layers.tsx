import { useRef, type CSSProperties, type JSX, type ReactNode, type RefObject } from 'react';
import type { ModelInputView } from '#shared/contract/pictures.ts';
import { FilmCanvas } from './film/film-canvas.tsx';
import type { Film } from './film/load-picture.ts';
import { OverlayCanvas } from './overlay/overlay-canvas.tsx';
import type { Sampling } from './overlay/overlay-look.ts';
import type { Overlay } from './overlay/use-coloring.ts';
import type { StageOverlay } from './overlay/use-stage-overlay.ts';
import { useStageGeometry } from './stage-context.ts';
import { writeMatrix, type StageGeometry } from './stage-geometry.ts';
import { findStrongestRegion, projectRegion, type Region } from './strongest-region.ts';
import { ModelInputCanvas } from './tools/model-input-canvas.tsx';
import { StageFrames } from './tools/stage-frames.tsx';
import { useView } from './view-state.ts';

interface StageLayersProps {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly film: Film | undefined;
  readonly shown: StageOverlay;
  /** How much closer than the stage the picture may be looked at. */
  readonly closer: number;
  /** Being drawn on the picture. */
  readonly box: Region | undefined;
  readonly children: ReactNode;
}

/** Everything that lies in the picture's coordinates, moved and turned as one. */
export function StageLayers({ ref, film, shown, closer, box, children }: StageLayersProps): JSX.Element {
  const { geometry } = useStageGeometry();
  const { hidden, modelInput, sampling } = useView();
  const canvas = useRef<HTMLCanvasElement>(null);
  const input = findInput(film, shown);
  const frames = useFrames(shown, input);
  return (
    <div className="film" ref={ref} style={placeFilm(geometry, sampling)}>
      {film && <FilmCanvas {...{ film, canvas, geometry, closer }} />}
      {film && input && modelInput && !hidden && <ModelInputCanvas sample={film.sample} input={input} />}
      <OverlayCanvas {...shown} />
      {!hidden && <StageFrames {...frames} box={box} />}
      {children}
    </div>
  );
}

/** What the model of the heatmap is given; without a heatmap, the first model. */
function findInput(film: Film | undefined, { attribution }: StageOverlay): ModelInputView | undefined {
  const inputs = film?.facts.inputs ?? [];
  return inputs.find(({ setup }) => setup === attribution?.setup) ?? inputs[0];
}

function useFrames(
  { overlay, region }: StageOverlay,
  input: ModelInputView | undefined,
): Record<'crop' | 'strongest', Region | undefined> {
  const { crop, strongest } = useView();
  const { geometry } = useStageGeometry();
  return {
    crop: crop ? findCrop(region ?? input?.region, geometry) : undefined,
    strongest: strongest && overlay && region ? findStrongest(overlay, region) : undefined,
  };
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
