import { renderPalette } from '#shared/color-maps-language.ts';
import { computePaletteIndices } from '#shared/render-heatmap.ts';
import type { HeatmapStyle, ValueRange } from '#shared/render-heatmap.ts';
import type { Canvas } from './canvas.ts';
import { renderDisplayGrey } from './display-grey.ts';
import { sampleHeatmap } from './heatmap-sampler.ts';
import type { Smoothing } from './heatmap-sampler.ts';
import type { Heatmap } from './heatmap.ts';
import type { Region } from './model-view.ts';
import type { Picture } from './picture.ts';
import type { Raster, Size } from './resample.ts';

/** `magnitude`: the stronger the relevance, the more it covers; a number covers everything alike (0 to 1). */
export type Opacity = 'magnitude' | number;

export interface OverlayStyle extends HeatmapStyle {
  readonly opacity?: Opacity;
  readonly smoothing?: Smoothing;
}

export interface OverlayPlan {
  readonly picture: Picture;
  readonly heatmap: Heatmap;
  /** The part of the picture the model saw, in the picture's pixels (see computeModelView). */
  readonly region: Region;
  /** Size of the drawing, in the picture's aspect. */
  readonly size: Size;
}

/** A style in which the range is settled as two numbers; both are zero for a map of zeros. */
export type ScaledStyle = OverlayStyle & { readonly range: ValueRange };

/** What the model did not see is drawn at this brightness. */
const UNSEEN = 0.4;
/** Nearly in proportion; a little less steep, so that a tenth of the peak still shows. */
const OPACITY_EXPONENT = 0.85;
const STRONGEST = 0.95;
/** How far from its middle (or low end) a map's colors start where opacity already tells weak from strong. */
const OUTER_COLORS = 0.5;
const MIDDLE = 127.5;

/** The picture in grey with the heatmap over it. */
export function renderOverlay({ picture, heatmap, region, size }: OverlayPlan, style: ScaledStyle): Canvas {
  const grey = renderDisplayGrey(picture, size);
  const values = sampleHeatmap(heatmap, {
    size,
    region: scaleRegion(region, picture, size),
    smoothing: style.smoothing ?? 'auto',
  });
  return coverGrey(grey, values, style);
}

/** Colors values over grey pixels; a NaN value marks what the model did not see. */
export function coverGrey(grey: Raster<Uint8Array>, values: Float32Array, style: ScaledStyle): Canvas {
  const palette = renderPalette(style.colorMap.source, style.level);
  const indices = computeOverlayIndices(values, style);
  const strength = createOpacity(style);
  const rgb = new Uint8Array(grey.samples.length * 3);
  grey.samples.forEach((level, pixel) => {
    const value = values[pixel] ?? NaN;
    const opacity = Number.isNaN(value) ? 0 : strength(value);
    const base = Number.isNaN(value) ? level * UNSEEN : level;
    const entry = (indices[pixel] ?? 0) * 3;
    for (let channel = 0; channel < 3; channel++) {
      rgb[pixel * 3 + channel] = Math.round(base + ((palette[entry + channel] ?? 0) - base) * opacity);
    }
  });
  return { width: grey.width, height: grey.height, rgb };
}

/**
 * Opacity by magnitude draws with the outer colors alone: weak relevance then tints the tissue in its hue, where the
 * middle of a dark map would darken it (and a light one wash it out) and pass for anatomy.
 */
function computeOverlayIndices(
  values: Float32Array,
  { range, colorMap, opacity = 'magnitude' }: ScaledStyle,
): Uint8Array {
  const indices = computePaletteIndices(values, range, colorMap);
  if (opacity !== 'magnitude') return indices;
  const anchor = colorMap.kind === 'diverging' ? MIDDLE : 0;
  return indices.map((index) => {
    const reach = index < anchor ? -anchor : 255 - anchor;
    return Math.round(anchor + OUTER_COLORS * reach + (1 - OUTER_COLORS) * (index - anchor));
  });
}

function createOpacity({ opacity = 'magnitude', range, level = 1 }: ScaledStyle): (value: number) => number {
  if (opacity !== 'magnitude') return () => Math.min(1, Math.max(0, opacity));
  const peak = Math.max(Math.abs(range[0]), Math.abs(range[1]));
  if (peak === 0) return () => 0;
  return (value) => STRONGEST * Math.min(1, (level * Math.abs(value)) / peak) ** OPACITY_EXPONENT;
}

/** A region given in pixels of one size, in pixels of another. */
export function scaleRegion(region: Region, from: Size, to: Size): Region {
  const [x, y] = [to.width / from.width, to.height / from.height];
  return { left: region.left * x, top: region.top * y, width: region.width * x, height: region.height * y };
}
