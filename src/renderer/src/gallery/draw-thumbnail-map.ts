import { renderPalette } from '#shared/color-maps-language.ts';
import { darkColorMap, getColorMap, positiveColorMap } from '#shared/color-maps.ts';
import { computePaletteIndices, findRange } from '#shared/render-heatmap.ts';
import type { RelevanceMap } from '../reading/load-map.ts';

/** A thumbnail is glanced at: what is below a tenth of the peak stays clear. */
const exponent = 0.85;
const strongest = 0.9;

/** A map in colors, scaled to itself, see-through where relevance is weak. */
export function drawThumbnailMap(canvas: HTMLCanvasElement, map: RelevanceMap, turned: boolean): void {
  const values = turned ? map.values.map((value) => -value) : map.values;
  const hasSign = values.some((value) => value < 0);
  const colorMap = getColorMap(hasSign ? darkColorMap : positiveColorMap);
  const range = findRange([values], hasSign ? 'symmetric' : 'from-zero');
  const palette = renderPalette(colorMap.source);
  const indices = computePaletteIndices(values, range, colorMap);
  const image = new ImageData(map.width, map.height);
  const peak = range[1] === 0 ? 1 : range[1];
  for (let pixel = 0; pixel < values.length; pixel++) {
    const entry = 3 * (indices[pixel] ?? 0);
    const share = Math.min(1, Math.abs(values[pixel] ?? 0) / peak);
    image.data[4 * pixel] = palette[entry] ?? 0;
    image.data[4 * pixel + 1] = palette[entry + 1] ?? 0;
    image.data[4 * pixel + 2] = palette[entry + 2] ?? 0;
    image.data[4 * pixel + 3] = 255 * strongest * share ** exponent;
  }
  canvas.width = map.width;
  canvas.height = map.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}
