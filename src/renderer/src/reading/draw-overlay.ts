import { renderPalette } from '#shared/color-maps-language.ts';
import { darkColorMap, getColorMap, positiveColorMap } from '#shared/color-maps.ts';
import { computePaletteIndices, findRange, type ValueRange } from '#shared/render-heatmap.ts';
import type { RelevanceMap } from './load-map.ts';

/** Nearly in proportion; a little less steep, so that a tenth of the peak still shows. The same as in the figures. */
const opacityExponent = 0.85;
const strongest = 0.95;
/** How far from its middle a map's colors start where opacity already tells weak from strong. */
const outerColors = 0.5;

/** The map in colors, see-through where relevance is weak: the stronger, the more it covers. */
export function drawOverlay(canvas: HTMLCanvasElement, map: RelevanceMap, turned: boolean, shared?: ValueRange): void {
  const values = turned ? map.values.map((value) => -value) : map.values;
  const hasSign = shared ? shared[0] < 0 : values.some((value) => value < 0);
  const colorMap = getColorMap(hasSign ? darkColorMap : positiveColorMap);
  const range = shared ?? findRange([values], hasSign ? 'symmetric' : 'from-zero');
  const palette = renderPalette(colorMap.source);
  const indices = computePaletteIndices(values, range, colorMap);
  const image = new ImageData(map.width, map.height);
  const anchor = hasSign ? 127.5 : 0;
  values.forEach((value, pixel) => {
    const index = indices[pixel] ?? 0;
    const reach = index < anchor ? -anchor : 255 - anchor;
    const entry = 3 * Math.round(anchor + outerColors * reach + (1 - outerColors) * (index - anchor));
    const opacity = range[1] === 0 ? 0 : strongest * Math.min(1, Math.abs(value) / range[1]) ** opacityExponent;
    image.data.set([palette[entry] ?? 0, palette[entry + 1] ?? 0, palette[entry + 2] ?? 0, 255 * opacity], 4 * pixel);
  });
  canvas.width = map.width;
  canvas.height = map.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}
