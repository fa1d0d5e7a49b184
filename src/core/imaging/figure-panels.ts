import { findRange } from '#shared/render-heatmap.ts';
import type { Canvas } from './canvas.ts';
import { renderDisplayGrey } from './display-grey.ts';
import { sampleHeatmap } from './heatmap-sampler.ts';
import { checkHeatmap } from './heatmap.ts';
import type { Heatmap } from './heatmap.ts';
import type { Region } from './model-view.ts';
import { coverGrey, renderOverlay, scaleRegion } from './overlay.ts';
import type { OverlayStyle, ScaledStyle } from './overlay.ts';
import type { Picture } from './picture.ts';
import type { Raster, Size } from './resample.ts';

/** A picture, a heatmap of it, and where on the picture the heatmap lies. */
export interface ExplainedPicture {
  readonly picture: Picture;
  readonly heatmap: Heatmap;
  /** The part of the picture the model saw (see computeModelView). Default: the whole picture. */
  readonly region?: Region;
}

export const regionOf = ({ picture, region }: ExplainedPicture): Region =>
  region ?? { left: 0, top: 0, width: picture.width, height: picture.height };

/** @throws LightboxError `request/invalid` on values that do not fill the map or are not finite. */
export function scaleStyle(style: OverlayStyle, heatmaps: readonly Heatmap[]): ScaledStyle {
  heatmaps.forEach(checkHeatmap);
  return {
    ...style,
    range: findRange(
      heatmaps.map(({ values }) => values),
      style.range,
    ),
  };
}

/** The heatmap alone: each value a square of `enlargement` pixels (or blended, as the style's smoothing says). */
export function renderHeatmapPixels(heatmap: Heatmap, style: ScaledStyle, enlargement: number): Canvas {
  const size = { width: heatmap.width * enlargement, height: heatmap.height * enlargement };
  const region = { left: 0, top: 0, ...size };
  return coverGrey(greyOf(size), sampleHeatmap(heatmap, { size, region, smoothing: style.smoothing ?? 'auto' }), {
    ...style,
    opacity: 1,
  });
}

export interface PanelSet {
  readonly picture: Canvas;
  readonly overlay: Canvas;
  /** In the picture's geometry; what the model did not see stays black. */
  readonly heatmap: Canvas;
}

/** Three ways to see one map, all of one size. */
export function renderPanels(explained: ExplainedPicture, style: ScaledStyle, size: Size): PanelSet {
  const { picture, heatmap } = explained;
  const region = scaleRegion(regionOf(explained), picture, size);
  const values = sampleHeatmap(heatmap, { size, region, smoothing: style.smoothing ?? 'auto' });
  const seen = new Float32Array(values.length);
  return {
    picture: coverGrey(renderDisplayGrey(picture, size), seen, { ...style, opacity: 0 }),
    overlay: renderOverlay({ picture, heatmap, region: regionOf(explained), size }, style),
    heatmap: coverGrey(greyOf(size), values, { ...style, opacity: 1 }),
  };
}

const greyOf = ({ width, height }: Size): Raster<Uint8Array> => ({
  width,
  height,
  channels: 1,
  samples: new Uint8Array(width * height),
});

/** How many pixels a value's side takes so that the map's shorter side has at least `side` pixels. */
export const chooseEnlargement = ({ width, height }: Size, side: number): number =>
  Math.max(1, Math.ceil(side / Math.min(width, height)));

/** The smallest and largest factor between the model's view and a drawing's usual size: strips and specks stay drawable. */
const SHORTEST_SIDE = 64;

/**
 * Size of a drawing of the picture in its own aspect, its longer side near `side`, chosen so that a value of the map
 * covers whole pixels across where that is possible.
 */
export function chooseDrawingSize(explained: ExplainedPicture, side: number): Size {
  const { picture, heatmap } = explained;
  const mapWidth = (heatmap.width * picture.width) / regionOf(explained).width;
  const wanted = Math.min(side, (side * picture.width) / picture.height);
  const factor = wanted / mapWidth;
  const width = mapWidth * (factor > 1 ? Math.round(factor) : factor);
  const height = (width * picture.height) / picture.width;
  return { width: Math.max(SHORTEST_SIDE, Math.round(width)), height: Math.max(SHORTEST_SIDE, Math.round(height)) };
}
