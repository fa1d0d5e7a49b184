import { renderPalette } from './color-maps-language.ts';
import type { ColorMap } from './color-maps.ts';
import { LightboxError } from './errors.ts';

/** The values the color map's ends stand for. */
export type ValueRange = readonly [low: number, high: number];

/**
 * How a range is found: `symmetric` is -m..m with m the largest magnitude, `from-zero` is 0..max, `min-max` the values'
 * own extent; a pair is taken as it is.
 */
export type RangeChoice = 'symmetric' | 'from-zero' | 'min-max' | ValueRange;

export interface HeatmapStyle {
  readonly colorMap: ColorMap;
  /** Default: symmetric. */
  readonly range?: RangeChoice;
  /** Contrast: above 1 saturates earlier. Default: 1. */
  readonly level?: number;
}

export interface RenderedHeatmap {
  /** RGB interleaved, three bytes per value. */
  readonly rgb: Uint8Array;
  readonly range: ValueRange;
}

/** Where zero of a symmetric range falls: trunc(127.5). */
const MIDDLE_INDEX = 127;

/**
 * Values to colors as the field does it: index = trunc(clip(255 (a - low) / (high - low), 0, 255)).
 * @throws LightboxError `request/invalid` on NaN, infinities, an empty map or a falling range.
 */
export function renderHeatmap(values: Float32Array, style: HeatmapStyle): RenderedHeatmap {
  const range = findRange([values], style.range);
  const palette = renderPalette(style.colorMap.source, style.level);
  const rgb = new Uint8Array(values.length * 3);
  const indices = computePaletteIndices(values, range, style.colorMap);
  indices.forEach((index, at) => {
    rgb.set(palette.subarray(index * 3, index * 3 + 3), at * 3);
  });
  return { rgb, range };
}

/** Palette indices of values. Where low equals high nothing can be told apart: the middle of a diverging map, else the lowest color. */
export function computePaletteIndices(values: Float32Array, [low, high]: ValueRange, { kind }: ColorMap): Uint8Array {
  if (low === high) return new Uint8Array(values.length).fill(kind === 'diverging' ? MIDDLE_INDEX : 0);
  const indices = new Uint8Array(values.length);
  values.forEach((value, at) => {
    indices[at] = Math.min(255, Math.max(0, (255 * (value - low)) / (high - low)));
  });
  return indices;
}

/**
 * One range for one or several maps (shared scale).
 * @throws LightboxError `request/invalid` on NaN, infinities, empty maps or a falling range.
 */
export function findRange(maps: readonly Float32Array[], choice: RangeChoice = 'symmetric'): ValueRange {
  const [min, max] = findExtent(maps);
  switch (choice) {
    case 'symmetric': {
      const magnitude = Math.max(-min, max);
      return [magnitude === 0 ? 0 : -magnitude, magnitude];
    }
    case 'from-zero':
      return [0, Math.max(0, max)];
    case 'min-max':
      return [min, max];
    default:
      if (choice[0] < choice[1] && Number.isFinite(choice[1] - choice[0])) return choice;
      throw new LightboxError('request/invalid', `A heatmap's range must rise, unlike ${choice[0]} to ${choice[1]}.`);
  }
}

function findExtent(maps: readonly Float32Array[]): ValueRange {
  let [min, max] = [Infinity, -Infinity];
  for (const map of maps) {
    for (const value of map) {
      if (!Number.isFinite(value))
        throw new LightboxError('request/invalid', 'The heatmap holds NaN or infinite values; it cannot be shown.');
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (min > max) throw new LightboxError('request/invalid', 'The heatmap is empty; there is nothing to show.');
  return [min, max];
}

/**
 * Relevance summed over color, the map that is shown.
 * @param relevance channels x pixels, channel by channel.
 * @throws LightboxError `request/invalid` when the length is not a multiple of the channels.
 */
export function sumOverColor(relevance: Float32Array, channels: number): Float32Array {
  const pixels = relevance.length / channels;
  if (!Number.isInteger(pixels)) {
    throw new LightboxError(
      'request/invalid',
      `${relevance.length} values do not divide into ${channels} color channels.`,
    );
  }
  return new Float32Array(pixels).map((_, pixel) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += relevance[channel * pixels + pixel] ?? 0;
    return sum;
  });
}
