import { renderPalette } from '#shared/color-maps-language.ts';
import { darkColorMap, getColorMap, positiveColorMap, type ColorMap } from '#shared/color-maps.ts';
import type { OverlayLook } from './overlay-look.ts';

/** Nearly in proportion; a little less steep, so that a tenth of the peak still shows. The same as in the figures. */
const opacityExponent = 0.85;
const strongest = 0.95;
/** How far from its middle a map's colors start where opacity already tells weak from strong. */
const outerColors = 0.5;

/** How a map's values become colors. */
export interface Coloring {
  readonly look: OverlayLook;
  /** The magnitude at which colors end; values beyond take the end's color. */
  readonly reach: number;
  /** Whether the map, or those it is compared with, has values below zero. */
  readonly hasSign: boolean;
  /** Values of lesser magnitude are see-through. */
  readonly cutoff: number;
}

/** Signed maps get a diverging color map about zero, others a sequential one from zero, unless the reader chose. */
export function findColorMap(look: OverlayLook, hasSign: boolean): ColorMap {
  if (look.colorMap !== 'automatic') return getColorMap(look.colorMap);
  return getColorMap(hasSign ? darkColorMap : positiveColorMap);
}

/** The values a color map's ends stand for: a sequential map has nothing to say of values below zero but its lowest color. */
export const findEnds = ({ look, reach, hasSign }: Coloring): readonly [low: number, high: number] =>
  findColorMap(look, hasSign).kind === 'diverging' ? [-reach, reach] : [0, reach];

/** RGBA of each value; NaN and what lies below the cutoff is see-through. */
export function colorOverlay(values: Float32Array, coloring: Coloring): Uint8ClampedArray<ArrayBuffer> {
  const { look, reach, cutoff, hasSign } = coloring;
  const isDiverging = findColorMap(look, hasSign).kind === 'diverging';
  const table = listColors(coloring);
  const pixels = new Uint32Array(values.length);
  const [low, high] = findEnds(coloring);
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const value = values[pixel] ?? NaN;
    if (Number.isNaN(value) || Math.abs(value) < cutoff || reach === 0) continue;
    if (!isDiverging && value <= 0 && look.mode === 'by-strength') continue;
    const place = Math.min(1, Math.max(0, (value - low) / (high - low)));
    pixels[pixel] = table[Math.round(place * steps)] ?? 0;
  }
  return new Uint8ClampedArray(pixels.buffer);
}

/** Finer than the 256 colors of a map, for the sake of opacity. */
const steps = 2048;

/** A color with its opacity for each of the steps from a map's low end to its high end, packed as RGBA in memory. */
function listColors({ look, hasSign }: Coloring): Uint32Array {
  const map = findColorMap(look, hasSign);
  const palette = renderPalette(map.source);
  const anchor = map.kind === 'diverging' ? 127.5 : 0;
  return new Uint32Array(steps + 1).map((_, step) => {
    const index = (255 * step) / steps;
    const reach = index < anchor ? -anchor : 255 - anchor;
    const isByStrength = look.mode === 'by-strength';
    const at = isByStrength ? anchor + outerColors * reach + (1 - outerColors) * (index - anchor) : index;
    const strength = isByStrength ? Math.abs((index - anchor) / reach) ** opacityExponent : 1;
    const entry = 3 * Math.min(255, Math.max(0, Math.round(at)));
    const [red = 0, green = 0, blue = 0] = palette.subarray(entry, entry + 3);
    const alpha = Math.round(255 * strongest * look.opacity * strength);
    return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

/** The magnitude below which a share of a map's values lies; 0 for the share 0. */
export function findCutoff(values: Float32Array, share: number): number {
  if (share <= 0) return 0;
  const magnitudes = values.filter((value) => !Number.isNaN(value)).map((value) => Math.abs(value));
  magnitudes.sort();
  return magnitudes[Math.min(magnitudes.length - 1, Math.floor(share * magnitudes.length))] ?? 0;
}

/** The largest magnitude of a map, and whether it has values below zero. */
export function surveyMap(values: Float32Array): { readonly magnitude: number; readonly hasSign: boolean } {
  let [magnitude, hasSign] = [0, false];
  for (const value of values) {
    if (value < 0) hasSign = true;
    if (Math.abs(value) > magnitude) magnitude = Math.abs(value);
  }
  return { magnitude, hasSign };
}
